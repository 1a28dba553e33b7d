"""A marker's mark: points per line of the rubric, or per cent of the whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import ManualMark
from quizzes.question_types.base import MarkingGuide


class MarkForm(forms.Form):
    comment = forms.CharField(
        label=_("评语"),
        max_length=ManualMark._meta.get_field("comment").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("可以不写；会记在这份答卷的记录里。"),
    )

    def __init__(self, *args, guide: MarkingGuide, mark: ManualMark | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.rubric = guide.rubric
        if self.rubric:
            for number, (text, points) in enumerate(self.rubric):
                self.fields[f"line{number}"] = points_field(text, points)
        else:
            self.fields["percent"] = points_field(_("得分"), 100)
        self.order_fields([name for name in self.fields if name != "comment"])
        if mark:
            self.initial = read_mark(mark)

    @property
    def full_points(self) -> int:
        return sum(points for _text, points in self.rubric)

    @property
    def mark(self) -> dict[str, Any]:
        """What `give_mark` takes. Per cent are rounded half up."""
        cleaned = self.cleaned_data
        if not self.rubric:
            return {"percent": cleaned["percent"], "comment": cleaned["comment"]}
        given = [cleaned[f"line{number}"] for number in range(len(self.rubric))]
        percent = (200 * sum(given) + self.full_points) // (2 * self.full_points)
        return {"percent": percent, "rubric": given, "comment": cleaned["comment"]}


def points_field(label, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        help_text=_("0 到 %(most)d 分") % {"most": most},
        widget=forms.NumberInput(attrs={"data-full": most, "inputmode": "numeric"}),
        error_messages={
            "required": _("请填得分，没答到就填 0。"),
            "max_value": _("最多 %(limit_value)d 分，请改小。"),
            "min_value": _("得分不能小于 0，没答到就填 0。"),
            "invalid": _("得分要填整数。"),
        },
    )


def read_mark(mark: ManualMark) -> dict[str, Any]:
    lines = {f"line{number}": points for number, points in enumerate(mark.rubric)}
    return {"percent": mark.percent, "comment": mark.comment, **lines}
