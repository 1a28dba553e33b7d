"""The plan's form: whose plan it is, who is due, when, and what may stand in it."""

from django import forms
from django.apps import apps
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from federations.models import Federation, Level, Position, StaffRoleType
from federations.scope import staff_federations
from learning.models import Reach

# By name: the pages' apps stand above this one.
PLAN_PAGE_TYPES = ["courses.CoursePage", "courses.LessonPage", "quizzes.QuizPage"]


def managed_federations(user):
    return staff_federations(user, roles=(StaffRoleType.MANAGER,))


class AudienceForm(forms.Form):
    """Who is due, as the plan's form holds it, for counting them before it is saved."""

    NAMES = ("federation", "reach", "levels", "positions")

    federation = forms.ModelChoiceField(Federation.objects.none())
    reach = forms.ChoiceField(choices=Reach.choices)
    levels = forms.TypedMultipleChoiceField(choices=Level.choices, coerce=int, required=False)
    positions = forms.MultipleChoiceField(choices=Position.choices, required=False)

    def __init__(self, data, *, for_user):
        super().__init__(data)
        self.fields["federation"].queryset = managed_federations(for_user)


class PlanForm(WagtailAdminModelForm):
    # Of the plan that the person was shown.
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("改截止时间的原因"),
        max_length=200,
        required=False,
        help_text=_("延期或提前截止时要写，会记在任务的记录里。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        federation = self.fields["federation"]
        federation.queryset = managed_federations(self.for_user)
        federation.error_messages["invalid_choice"] = _("请选择您管理范围内的妇联。")
        if not self.for_user.is_superuser:
            # The default plan is what everybody sees first: one for the whole platform.
            del self.fields["is_default"]
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"], self.fields["reason"]

    def clean_opens_at(self):
        return self._keep_seconds("opens_at")

    def clean_cutoff_at(self):
        return self._keep_seconds("cutoff_at")

    def _keep_seconds(self, name: str):
        """The field shows minutes: the same minute is no change of a moment that has seconds."""
        given, stored = self.cleaned_data[name], getattr(self.instance, name)
        is_same = given and stored and given == stored.replace(second=0, microsecond=0)
        return stored if is_same else given

    def clean(self):
        cleaned = super().clean()
        self._check_cutoff(cleaned)
        self._check_levels(cleaned)
        items = self.formsets["items"]
        if items.is_valid():
            kept = [form for form in items.forms if form not in items.deleted_forms]
            self._check_items([form for form in kept if form.cleaned_data.get("page")])
        return cleaned

    def _check_cutoff(self, cleaned: dict) -> None:
        cutoff, stored = cleaned.get("cutoff_at"), self.instance.cutoff_at
        is_changed = "cutoff_at" in cleaned and (not self.instance.pk or cutoff != stored)
        if cleaned.get("is_default", self.instance.is_default) and cutoff:
            self.add_error("cutoff_at", _("默认任务不设截止时间：请清空它，或取消“默认任务”。"))
        elif is_changed and cutoff and cutoff <= timezone.now():
            self.add_error("cutoff_at", _("截止时间要晚于现在，请改一个以后的时间。"))
        elif is_changed and self.instance.pk and not cleaned.get("reason"):
            self.add_error("reason", _("您改了截止时间，请写明原因。"))
        if cleaned.get("reminds_before") and "cutoff_at" in cleaned and not cutoff:
            self.add_error("reminds_before", _("没有截止时间，不能按截止前几天提醒。"))

    def _check_levels(self, cleaned: dict) -> None:
        levels, federation = cleaned.get("levels"), cleaned.get("federation")
        if not levels or federation is None:
            return
        chosen = {int(level) for level in levels}
        if cleaned.get("reach") == Reach.OWN and chosen != {federation.level}:
            self.add_error("levels", _("只要本级队伍时不用选层级，请清空。"))
        elif max(chosen) < federation.level:
            self.add_error("levels", _("所选层级都在发布妇联之上，没有人要完成，请重选。"))

    def _check_items(self, item_forms) -> None:
        if not item_forms:
            self.add_error(None, _("学习任务至少要有一项内容，请添加课程、微课或测验。"))
        seen = set()
        for form in item_forms:
            page = form.cleaned_data["page"]
            if problem := self._find_page_problem(page, is_repeated=page.pk in seen):
                form.add_error("page", problem)
                # The item's own error does not make the plan invalid by itself.
                self.add_error(None, problem)
            seen.add(page.pk)

    def _find_page_problem(self, page, *, is_repeated: bool):
        title = {"title": page.title}
        if is_repeated:
            return _("“%(title)s”重复了，请删去一个。") % title
        if page.specific_class not in self._page_classes:
            return _("“%(title)s”不是课程、微课或测验，请另选。") % title
        if not page.live:
            return _("“%(title)s”还没有发布，请先发布它，再放进任务。") % title
        return None

    @cached_property
    def _page_classes(self):
        return [apps.get_model(name) for name in PLAN_PAGE_TYPES]
