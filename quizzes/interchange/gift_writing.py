"""Writing GIFT. What it cannot hold is told."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from .entries import Problem, RawQuestion
from .gift import LABEL, MEMO, write_category
from .gift_answers import ALTERNATIVES
from .gift_text import escape
from .memo import write_memo
from .numbers import span_of, write_number
from .pairs import split_pair
from .weights import LETTERS, share_out
from .wildcards import write_literal
from .writable import NotHeld, check_writable, refuse


def write(path: Path, questions: Iterable[RawQuestion], bank_name: str) -> list[Problem]:
    """Returns the questions that are not in the file, with the reasons."""
    problems: list[Problem] = []
    category = None
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        for question in check_writable(questions, HELD_TYPES, LABEL, problems):
            try:
                block = _write_question(question)
            except NotHeld as error:
                problems.append(refuse(question, str(error)))
                continue
            if category != (category := write_category(bank_name, question.knowledge_point)):
                file.write(f"$CATEGORY: {_one_line(category)}\n\n")
            file.write(block)
    return problems


def _write_question(question: RawQuestion) -> str:
    answers = _WRITERS[question.type](question)
    feedback = f"####{_write_text(question.explanation)}" if question.explanation else ""
    return (
        f"{MEMO}{write_memo(question)}\n[plain]{escape(question.stem)} {{{answers}{feedback}}}\n\n"
    )


def _write_text(text: str) -> str:
    """A bracket in front could be taken for a format, a per cent sign for a weight."""
    return f"[plain]{escape(text)}" if text.startswith(("[", "%", "->", ">")) else escape(text)


def _write_single(question: RawQuestion) -> str:
    right = question.answers[0]
    return "".join(
        f"\n\t{'=' if letter in right else '~'}{_write_text(text)}"
        for letter, text in zip(LETTERS, question.options, strict=False)
    )


def _write_multiple(question: RawQuestion) -> str:
    weights = share_out(question.answers[0], len(question.options))
    return "".join(
        f"\n\t~%{weight}%{_write_text(text)}"
        for weight, text in zip(weights, question.options, strict=True)
    )


def _write_truth(question: RawQuestion) -> str:
    return "TRUE" if question.answers == question.options[:1] else "FALSE"


def _write_blank(question: RawQuestion) -> str:
    if len(question.answers) != 1:
        raise NotHeld(
            _("GIFT 格式的填空题只能有一个空，这道题没有导出；请改用 Excel 或 Moodle XML。")
        )
    return "".join(
        f"\n\t={_write_text(write_literal(text))}"
        for text in question.answers[0].split(ALTERNATIVES)
    )


def _write_number(question: RawQuestion) -> str:
    span = span_of(question)
    if span is None:
        raise NotHeld(_("GIFT 格式放不下这个数值答案，这道题没有导出。"))
    if not span.has_middle:
        return f"#{write_number(span.low)}..{write_number(span.high)}"
    return f"#{span.middle}:{span.tolerance}"


def _write_pairs(question: RawQuestion) -> str:
    pairs = [split_pair(option) for option in question.options]
    if any("->" in left for left, _right in pairs):
        raise NotHeld(_("GIFT 格式的匹配题左边不能有“->”，这道题没有导出。"))
    return "".join(
        f"\n\t={_write_text(left) if left else ''} -> {_write_text(right)}" for left, right in pairs
    )


def _write_order(question: RawQuestion) -> str:
    """The header says: all items, shown vertically, graded by neighbours, as Moodle's plug-in."""
    if any(text.startswith("//") for text in question.options):
        raise NotHeld(_("GIFT 格式里一行不能以“//”开头，这道题没有导出。"))
    items = "".join(f"\n{_write_text(text)}" for text in question.options)
    return f">ALL VERTICAL RELATIVE_NEXT_EXCLUDE_LAST{items}\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


_WRITERS: dict[str, Callable[[RawQuestion], str]] = {
    "single": _write_single,
    "multiple": _write_multiple,
    "judge": _write_truth,
    "blank": _write_blank,
    "numeric": _write_number,
    "matching": _write_pairs,
    "ordering": _write_order,
    "short": lambda _question: "",
}
HELD_TYPES = frozenset(_WRITERS)
