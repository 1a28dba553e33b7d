"""Which parts of a result a member sees, in which phase."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewPhase(models.TextChoices):
    """`RIGHT_AFTER` lasts `RIGHT_AFTER_SECONDS` from the hand-in."""

    DURING = "during", _("答题中（当场判题后）")
    RIGHT_AFTER = "right_after", _("刚交卷时")
    LATER = "later", _("交卷以后，测验还开放")
    AFTER_CLOSE = "after_close", _("测验截止后")


RIGHT_AFTER_SECONDS = 120


class ReviewPart(models.TextChoices):
    MARKS = "marks", _("得分")
    CORRECTNESS = "correctness", _("对错")
    ANSWERS = "answers", _("正确答案")
    EXPLANATIONS = "explanations", _("讲解")


def every_part() -> list[str]:
    return ReviewPart.values


def check_parts(value) -> None:
    if not isinstance(value, list) or not set(value) <= set(ReviewPart.values):
        raise ValidationError(_("请从得分、对错、正确答案、讲解中选择。"))


class ReviewPartsField(models.JSONField):
    """A list of ReviewPart values, chosen with check boxes."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", every_part)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("validators", [check_parts])
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            choices=ReviewPart.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=self.help_text,
            initial=every_part,
        )
