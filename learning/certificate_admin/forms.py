"""Forms of the certificates' admin."""

from django import forms
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from federations.admin_views.choosers import FederationChooser
from federations.models import Federation
from federations.scope import staff_federations, staff_places, within_paths
from learning.certificate_scope import MANAGERS
from learning.models import CertificateRule, CertificateTemplate, Plan, Reach
from learning.rules.certificate_text import PLACES, asked_places, find_unknown_places

MOST_REASON = 100


class CertificateTemplateForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        federation = self.fields["federation"]
        federation.queryset = staff_federations(self.for_user, roles=MANAGERS)
        federation.widget = FederationChooser()
        federation.error_messages["invalid_choice"] = _("请选择您管理范围内的妇联。")

    def clean_body(self):
        body = self.cleaned_data["body"]
        if unknown := find_unknown_places(body):
            known = "、".join(f"{{{name}}}" for name in PLACES)
            raise forms.ValidationError(
                _("正文里的“%(unknown)s”填不了。能用的是 %(known)s，花括号要成对。"),
                params={"unknown": "”“".join(unknown), "known": known},
            )
        return body

    def clean(self):
        cleaned = super().clean()
        needs_hours = "hours" in asked_places(cleaned.get("body", ""))
        if self.instance.pk and needs_hours:
            without = self.instance.rules.filter(hours=None, is_active=True).first()
            if without is not None:
                message = _("“%(rule)s”用这个模板，但没有填学时；请先在发证规则里填上。")
                self.add_error("body", message % {"rule": without.subject_title})
        return cleaned


class CertificateRuleForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places = staff_federations(self.for_user, roles=MANAGERS)
        templates = CertificateTemplate.objects.filter(federation__in=places)
        self.fields["template"].queryset = templates
        self.fields["plan"].queryset = Plan.objects.filter(federation__in=places)
        if not self.instance.pk:
            self.fields["starts_on"].initial = localdate()

    def clean_page(self):
        page = self.cleaned_data["page"]
        if page is not None and not self._is_hers(page):
            raise forms.ValidationError(_("这门课程不归您管理的妇联，请另选。"))
        return page

    def clean(self):
        cleaned = super().clean()
        template, hours = cleaned.get("template"), cleaned.get("hours")
        if template and hours is None and "hours" in asked_places(template.body):
            self.add_error("hours", _("这个模板的正文要写学时，请填上。"))
        if hours is not None and hours <= 0:
            self.add_error("hours", _("学时要大于 0；不写学时就留空。"))
        return cleaned

    def _is_hers(self, page) -> bool:
        if self.for_user.is_superuser:
            return True
        federation_id = page.specific.federation_id
        return staff_federations(self.for_user, roles=MANAGERS).filter(pk=federation_id).exists()


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("撤销原因"),
        max_length=MOST_REASON,
        help_text=_("她会在消息里看到这个原因。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("请写明撤销原因。"),
            "max_length": _("原因请写在 %(limit_value)d 字以内，现在是 %(show_value)d 字。"),
        },
    )


class ReissueForm(forms.Form):
    """Nothing to fill in: the page says what happens."""


def rules_nearby(user):
    """Of her federations, those below, and those above that reach her people: other branches' plans
    are not for her, nor those of a superior's own team."""
    rules = CertificateRule.objects.order_by("-pk")
    if user.is_superuser:
        return rules
    places = staff_places(user)
    above = [path for place in places for path in place.paths_down_to_here]
    field = "template__federation__path"
    here = within_paths(field, [place.path for place in places])
    reaches_down = Q(plan=None) | Q(plan__reach=Reach.SUBTREE)
    return rules.filter(here | Q(reaches_down, **{f"{field}__in": above}))


class BatchForm(forms.Form):
    rule = forms.ModelChoiceField(
        label=_("学习内容"),
        queryset=CertificateRule.objects.none(),
        required=False,
        empty_label=_("全部"),
    )
    federation = forms.ModelChoiceField(
        label=_("妇联"),
        queryset=Federation.objects.none(),
        required=False,
        widget=FederationChooser,
        help_text=_("连同它下面各级；不选就是您范围内的全部。"),
        error_messages={"invalid_choice": _("请选择您范围内的妇联。")},
    )
    since = forms.DateField(label=_("发证日期从"), required=False, widget=AdminDateInput)
    until = forms.DateField(label=_("到"), required=False, widget=AdminDateInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["federation"].queryset = staff_federations(user)
        self.fields["rule"].queryset = rules_nearby(user).select_related("plan", "page")

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("结束日期不能早于开始日期。"))
        return cleaned
