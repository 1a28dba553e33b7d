"""Forms of the ledger: a version of a point rule, and the year of a list."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from learning.domain.ledger import save_rule
from learning.models import PointRule
from learning.rules.points import Version

TOO_EARLY = _("生效日期最早是明天：今天和以前的积分已经按原来的规则算好，不会改变。")
MOST_POINTS, MOST_CAP = 100, 1000


class PointRuleForm(WagtailAdminModelForm):
    hours = forms.DecimalField(
        label=_("学时"),
        min_value=0,
        max_value=Decimal("9.99"),
        max_digits=3,
        decimal_places=2,
        initial=0,
        help_text=_("例如 0.25。微课 15 分钟以内 0.25，15 到 30 分钟 0.5，30 分钟以上 1。"),
    )

    field_order = ["behaviour", "points", "hours", "daily_cap", "starts_on", "note"]

    class Meta:
        model = PointRule
        fields = ["behaviour", "points", "daily_cap", "starts_on", "note"]
        help_texts = {
            "points": _("做一次得多少分，每人每课（每份测验）只算一次；填 0 就不给分。"),
            "starts_on": _("从这一天起，到同一项的下一条规则开始为止。最早是明天。"),
            "note": _("为什么这样改，给以后的管理员看。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["hours"] = Decimal(self.instance.credit) / 100
        self.fields["points"].max_value = MOST_POINTS

    def clean_points(self):
        return self._at_most(self.cleaned_data["points"], MOST_POINTS)

    def clean_daily_cap(self):
        return self._at_most(self.cleaned_data["daily_cap"], MOST_CAP)

    def _at_most(self, points: int | None, most: int) -> int | None:
        if points is not None and points > most:
            raise ValidationError(_("最多 %d 分，请检查有没有多写一位。") % most)
        return points

    def clean_starts_on(self):
        if self.cleaned_data["starts_on"] <= localdate():
            raise ValidationError(TOO_EARLY)
        return self.cleaned_data["starts_on"]

    def clean(self):
        cleaned = super().clean()
        self.instance.credit = int(cleaned.get("hours", 0) * 100)
        return cleaned

    def save(self, commit=True):
        return save_rule(rule=super().save(commit=False), by=self.for_user, today=localdate())

    def to_version(self) -> Version:
        """The valid form's rule, for a trial. It need not be saved."""
        rule = self.instance
        return Version(
            id=0,
            behaviour=rule.behaviour,
            points=rule.points,
            credit=rule.credit,
            daily_cap=rule.daily_cap,
            starts_on=rule.starts_on,
        )
