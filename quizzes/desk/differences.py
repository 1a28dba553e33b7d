"""Two versions of a question, field by field, for a reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from quizzes.models import QuestionVersion
from quizzes.question_types.base import Authoring, Part
from quizzes.question_types.options import LETTERS
from quizzes.question_types.registry import get_type

SAME, REMOVED, ADDED = "same", "removed", "added"


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """`pieces` are (SAME, REMOVED or ADDED, text): read in order they give both texts."""

    label: str
    pieces: tuple[tuple[str, str], ...]

    @property
    def is_changed(self) -> bool:
        return any(kind != SAME for kind, _text in self.pieces)


def compare_versions(old: QuestionVersion | None, new: QuestionVersion) -> list[FieldComparison]:
    """Every field that one of the two fills in; without `old` everything is new."""
    before, after = describe_version(old) if old else {}, describe_version(new)
    labels = [*after, *(label for label in before if label not in after)]
    return [
        FieldComparison(label, tuple(_diff(before.get(label, ""), after.get(label, ""))))
        for label in labels
    ]


def describe_version(version: QuestionVersion) -> dict[str, str]:
    """The version's fields as an editor writes them, by their labels; empty ones are left out."""
    question_type = get_type(version.type)
    spec = question_type.from_data(version.data)
    authoring = question_type.authoring(spec, version.stem)
    fields = {_("题型"): str(question_type.label), **_describe_authoring(version.type, authoring)}
    for number, part in enumerate(authoring.parts, start=1):
        fields[_("第 %d 小题") % number] = _describe_part(part)
    fields[_("解析")] = version.explanation
    return {label: text for label, text in fields.items() if text}


def _describe_authoring(type_key: str, authoring: Authoring) -> dict[str, str]:
    options = zip(LETTERS, authoring.options, strict=False)
    fields = {
        _("题干"): authoring.stem,
        _("选项"): "\n".join(f"{letter}. {text}" for letter, text in options),
        _("答案"): "\n".join(authoring.answers),
    }
    for setting in get_type(type_key).settings:
        value = authoring.settings.get(setting.key, setting.default)
        fields[str(setting.label)] = str(dict(setting.choices).get(value, value))
    return fields


def _describe_part(part: Part) -> str:
    fields = _describe_authoring(part.type, part.authoring)
    lines = [f"{label}：{text}" for label, text in fields.items() if text]
    return "\n".join([str(get_type(part.type).label), *lines])


def _diff(old: str, new: str) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            yield SAME, old[old_from:old_to]
            continue
        if old_to > old_from:
            yield REMOVED, old[old_from:old_to]
        if new_to > new_from:
            yield ADDED, new[new_from:new_to]
