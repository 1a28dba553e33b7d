"""What a form says of a wrong value, in words that tell what to do; Django's own are not used.

A message that a form wrote itself stays.
"""

from collections.abc import Iterable, Mapping

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHOOSE, FILL_IN = _("请从列出的选项中选一项。"), _("还没有填，请填写。")
# By the code of the error. Codes that a field does not raise do no harm.
EVERYWHERE = {
    "required": FILL_IN,
    MinValueValidator.code: _("不能小于 %(limit_value)s，请改大。"),
    MaxValueValidator.code: _("不能大于 %(limit_value)s，请改小。"),
    MaxLengthValidator.code: _("最多 %(limit_value)d 字，现在有 %(show_value)d 字，请写短一些。"),
    "null_characters_not_allowed": _("里面有看不见的字符，请重新输入。"),
}
# The more special field first.
BY_FIELD: list[tuple[type[forms.Field], dict[str, str | Promise]]] = [
    (
        forms.FileField,
        {"required": _("请选择要上传的文件。"), "empty": _("这个文件是空的，请换一个。")},
    ),
    (forms.ModelMultipleChoiceField, {"required": CHOOSE, "invalid_choice": CHOOSE}),
    (forms.ModelChoiceField, {"required": CHOOSE, "invalid_choice": CHOOSE}),
    (forms.ChoiceField, {"required": CHOOSE, "invalid_choice": CHOOSE}),
    (forms.IntegerField, {"invalid": _("请填整数，例如 10。")}),
    (forms.DateTimeField, {"invalid": _("时间看不懂，请写成 2026-03-08 09:00 的样子。")}),
]


def speak_plainly(fields: Mapping[str, forms.Field]) -> None:
    """Give the fields of a form these messages, in place of Django's."""
    for field in fields.values():
        own = written_messages(field)
        field.error_messages |= messages_for(field) | own


def messages_for(field: forms.Field) -> dict[str, str | Promise]:
    special = next((words for kind, words in BY_FIELD if isinstance(field, kind)), {})
    return EVERYWHERE | special


def written_messages(field: forms.Field) -> dict[str, str | Promise]:
    """Those that somebody wrote for this field."""
    defaults: dict[str, str | Promise] = {}
    for kind in reversed(type(field).__mro__):
        defaults |= getattr(kind, "default_error_messages", {})
    return {
        code: words
        for code, words in field.error_messages.items()
        if code not in defaults or words is not defaults[code]
    }


def speak_plainly_in_rows(formsets: Iterable) -> None:
    """The same for each row of the formsets, the empty one for new rows included."""
    for formset in formsets:
        _watch(formset)


def _watch(formset) -> None:
    add_fields = formset.add_fields

    def add_plain_fields(form, index):
        add_fields(form, index)
        speak_plainly(form.fields)

    formset.add_fields = add_plain_fields
