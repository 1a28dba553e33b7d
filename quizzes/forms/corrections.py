"""更正: the key of a question, without its wording."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.domain.corrections import read_key
from quizzes.models import Correction, QuestionVersion
from quizzes.question_types.base import Authoring, Part, QuestionError
from quizzes.question_types.options import LETTERS
from quizzes.question_types.registry import get_type
from quizzes.templatetags.question_text import question_text

from .plain_messages import speak_plainly

REASON_LENGTH = Correction._meta.get_field("reason").max_length
KEY, VOID = "key", "void"
KINDS = [
    (KEY, gettext_lazy("更正答案，按新答案重新判分")),
    (VOID, gettext_lazy("作废这道题，人人得满分，以后不再出这道题")),
]


class CorrectionForm(forms.Form):
    """`data` is the key in force; the wording is not asked for, only shown."""

    kind = forms.ChoiceField(
        label=gettext_lazy("怎么更正"), choices=KINDS, initial=KEY, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("例如：法条修订后，答案应为 C。会记入日志。"),
        error_messages={"required": gettext_lazy("请写明更正的原因，例如：法条修订。")},
    )
    keeps_higher = forms.BooleanField(
        label=gettext_lazy("只升不降"),
        required=False,
        initial=True,
        help_text=gettext_lazy("更正后分数变低的，保留原来的分数。"),
    )

    def __init__(self, *args, version: QuestionVersion, data: dict[str, Any], **kwargs):
        super().__init__(*args, **kwargs)
        self.version = version
        question_type = get_type(version.type)
        self.authoring = question_type.authoring(question_type.from_data(data), version.stem)
        for name, part in self._parts():
            self.fields[name] = key_field(part)
        speak_plainly(self.fields)

    def _parts(self) -> Iterator[tuple[str, Part]]:
        """What has a key of its own: the question, or each question of a case."""
        whole = Part(self.version.type, self.authoring)
        for number, part in enumerate(self.authoring.parts or (whole,)):
            yield f"key{number}", part

    def key_fields(self):
        return [self[name] for name, _part in self._parts()]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == VOID:
            cleaned["data"] = None
        elif not self.errors:
            self._read_key(cleaned)
        return cleaned

    def _read_key(self, cleaned) -> None:
        parts = [
            replace(part, authoring=with_key(part.authoring, cleaned[name]))
            for name, part in self._parts()
        ]
        has_parts = bool(self.authoring.parts)
        whole = replace(self.authoring, parts=tuple(parts)) if has_parts else parts[0].authoring
        try:
            cleaned["data"] = read_key(version=self.version, authoring=whole)
        except QuestionError as error:
            self.add_error("key0" if len(parts) == 1 else None, error.messages)


def has_letters(authoring: Authoring) -> bool:
    """Answers beside options are letters that name the right ones; without them the options
    themselves tell the key, and without options the answers do.
    """
    return bool(authoring.options and authoring.answers)


def key_field(part: Part) -> forms.Field:
    """The key as it is, to be changed."""
    authoring, label = part.authoring, _("正确答案")
    if has_letters(authoring):
        return lettered_field(part, label)
    lines = authoring.options or authoring.answers
    return forms.CharField(
        label=label,
        initial="\n".join(lines),
        required=False,
        strip=False,
        help_text=get_type(part.type).options_help or get_type(part.type).answers_help,
        widget=forms.Textarea(attrs={"rows": max(2, len(lines))}),
    )


def lettered_field(part: Part, label: str) -> forms.Field:
    """Round buttons where one option is right, boxes to tick where several can be."""
    question_type = get_type(part.type)
    known = question_type.tally_labels(question_type.parse(part.authoring))
    options = list(zip(LETTERS, known, strict=False))
    right = [letter for letter, (_id, _text, is_right) in options if is_right]
    facts = {
        "label": label,
        "choices": [(letter, question_text(text)) for letter, (_id, text, _right) in options],
        "required": False,
    }
    if question_type.has_one_right:
        return forms.ChoiceField(**facts, initial=right[0], widget=forms.RadioSelect)
    return forms.MultipleChoiceField(**facts, initial=right, widget=forms.CheckboxSelectMultiple)


def with_key(authoring: Authoring, value: list[str] | str) -> Authoring:
    if has_letters(authoring):
        return replace(authoring, answers=("".join(value),))
    lines = tuple(line for line in value.splitlines() if line.strip())
    is_in_options = bool(authoring.options)
    return replace(authoring, options=lines) if is_in_options else replace(authoring, answers=lines)
