"""A scheme's form: every measure with a weight and a target; what has no weight is left out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from federations.models import Federation, Level
from learning.assessment.domain import Settings
from learning.assessment.domain.schemes import find_fault
from learning.assessment.measures import Measure, all_measures
from learning.models import AssessmentScheme
from learning.models.assessment import SPANS
from learning.rules.assessment import FULL_WEIGHT, Indicator

MOST_TARGET = 100_000


class SchemeForm(forms.Form):
    """`scheme` is the one to be changed; a new one also asks for span and level."""

    title = forms.CharField(
        label=_("名称"),
        max_length=40,
        error_messages={"required": _("请给方案起个名称，例如“县区妇联月度考核”。")},
    )
    span = forms.ChoiceField(label=_("周期"), choices=SPANS)
    level = forms.TypedChoiceField(label=_("考核层级"), coerce=int, choices=())
    is_published = forms.BooleanField(
        label=_("公布排名：被考核的单位能看到各单位的名称和得分"), required=False
    )
    is_running = forms.BooleanField(
        label=_("启用：到期自动开始下一个时段"), required=False, initial=True
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, place: Federation, scheme: AssessmentScheme | None = None):
        super().__init__(data, initial=_initial(scheme))
        self.scheme = scheme
        if scheme:
            del self.fields["span"], self.fields["level"]
        else:
            del self.fields["version"]
            self.fields["level"].choices = [each for each in Level.choices if each[0] > place.level]
        for key, measure in all_measures().items():
            self.fields[f"weight_{key}"] = _weight_field(measure)
            self.fields[f"target_{key}"] = _target_field(measure)

    @property
    def rows(self):
        """(measure, weight field, target field), for the table of indicators."""
        return [
            (measure, self[f"weight_{key}"], self[f"target_{key}"])
            for key, measure in all_measures().items()
        ]

    @property
    def plain_fields(self):
        return [self[name] for name in ("title", "span", "level") if name in self.fields]

    @property
    def switches(self):
        return [self["is_published"], self["is_running"]]

    def clean(self):
        cleaned = super().clean()
        for key in all_measures():
            weight, target = cleaned.get(f"weight_{key}"), cleaned.get(f"target_{key}")
            if weight and not target and f"target_{key}" not in self.errors:
                self.add_error(f"target_{key}", _("请填得满分的目标。"))
        if not self.errors and (fault := find_fault(self.indicators)):
            self.add_error(None, fault)
        return cleaned

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Of a form that was cleaned."""
        given = self.cleaned_data
        return tuple(
            Indicator(key, given[f"weight_{key}"], measure.unit.read(given[f"target_{key}"]))
            for key, measure in all_measures().items()
            if given.get(f"weight_{key}")
        )

    def to_settings(self) -> Settings:
        return Settings(
            title=self.cleaned_data["title"],
            indicators=self.indicators,
            is_published=self.cleaned_data["is_published"],
            is_running=self.cleaned_data["is_running"],
        )


def _weight_field(measure: Measure) -> forms.Field:
    return forms.IntegerField(
        label=_("%s的权重（%%）") % measure.label,
        required=False,
        min_value=0,
        max_value=FULL_WEIGHT,
        error_messages={"invalid": _("权重是 0 到 100 的整数。")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def _target_field(measure: Measure) -> forms.Field:
    unit = measure.unit
    return forms.DecimalField(
        label=_("%(label)s得满分的目标（%(unit)s）") % {"label": measure.label, "unit": unit.name},
        required=False,
        min_value=0,
        max_value=unit.most // unit.scale if unit.most else MOST_TARGET,
        decimal_places=unit.places,
        max_digits=8,
        error_messages={"invalid": _("请填一个数，例如 80。")},
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )


def _initial(scheme: AssessmentScheme | None) -> dict:
    if scheme is None:
        return {}
    values = {
        "title": scheme.title,
        "is_published": scheme.is_published,
        "is_running": scheme.is_running,
        "version": scheme.version,
    }
    known = all_measures()
    for each in scheme.parts:
        if each.measure in known:
            unit = known[each.measure].unit
            values[f"weight_{each.measure}"] = each.weight
            values[f"target_{each.measure}"] = unit.number(each.target)
    return values


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("更正说明"),
        max_length=200,
        error_messages={"required": _("请写明哪里要更正、为什么。")},
    )
