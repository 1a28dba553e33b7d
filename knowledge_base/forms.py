from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge_base.models import Feedback

WORDS_LENGTH = Feedback._meta.get_field("words").max_length


class FeedbackForm(forms.Form):
    useful = forms.TypedChoiceField(
        choices=[("1", _("有用")), ("0", _("没用"))],
        coerce=lambda value: value == "1",
        error_messages={
            "required": _("请选“有用”或“没用”。"),
            "invalid_choice": _("请选“有用”或“没用”。"),
        },
    )
    words = forms.CharField(
        required=False,
        max_length=WORDS_LENGTH,
        error_messages={"max_length": _("留言最多 %(limit_value)d 个字，请删短一些。")},
    )
