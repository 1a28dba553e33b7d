"""What staff choose before statistics are computed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.domain.statistics import AttemptChoice


class ComputeForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("统计哪些答卷"),
        choices=AttemptChoice.choices,
        initial=AttemptChoice.FIRST,
        help_text=_("一般用每人第一次：还没有人见过题，结果最能说明题目的好坏。"),
    )
