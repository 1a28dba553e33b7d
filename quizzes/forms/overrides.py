"""A quiz's other rules for one member or federation."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from federations.admin_views.choosers import FederationChooser, MemberChooser
from federations.people import members_in_scope
from federations.scope import staff_federations
from quizzes.admin_views.desk import edited_quizzes
from quizzes.models import QuizOverride

from .plain_messages import speak_plainly

CHANGES = ("opens_at", "closes_at", "extra_minutes", "attempts_allowed")


class OverrideForm(WagtailAdminModelForm):
    class Meta:
        model = QuizOverride
        fields = ["quiz", "member", "federation", *CHANGES, "reason"]
        widgets = {"member": MemberChooser, "federation": FederationChooser}
        help_texts = {
            "member": _("给一个人。和下面的妇联只选一样。"),
            "federation": _("给这个妇联和它下面的所有人。"),
            "opens_at": _("不填就照测验的。"),
            "closes_at": _("不填就照测验的。"),
            "extra_minutes": _("在测验的限时上再加这么多。"),
        }
        error_messages = {
            "quiz": {"required": _("请选一份测验。")},
            "reason": {"required": _("请写清为什么要另设规则，以后好查。")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = self.for_user
        # What the row already holds stays valid for whoever may open it.
        self.fields["quiz"].queryset = edited_quizzes(user).order_by("title")
        self.fields["member"].queryset = members_in_scope(user)
        self.fields["federation"].queryset = staff_federations(user)
        speak_plainly(self.fields)

    def clean(self):
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("截止时间要晚于开放时间。"))
        if not self.errors and all(cleaned.get(name) is None for name in CHANGES):
            self.add_error(None, _("还没有填和测验不同的规则：请至少填一样时间、加时或次数。"))
        return cleaned

    def save(self, commit=True):
        if self.instance.pk is None:
            self.instance.created_by = self.for_user
        return super().save(commit)
