"""What a member writes about a question."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.domain.notes import MAX_NOTE
from quizzes.models import ReportReason

TOO_LONG = _("最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请删短一些再保存。")


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("笔记"),
        max_length=MAX_NOTE,
        required=False,
        widget=text_area(4),
        help_text=_("只有你自己看得到，最多 500 字。清空后保存就是删除。"),
        error_messages={"max_length": TOO_LONG},
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("哪里不对"),
        choices=ReportReason,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选一项哪里不对。"),
            "invalid_choice": _("请选一项哪里不对。"),
        },
    )
    text = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=text_area(4),
        help_text=_("可以不填，最多 500 字。请不要写求助人的姓名、住址等个人情况。"),
        error_messages={"max_length": TOO_LONG},
    )
