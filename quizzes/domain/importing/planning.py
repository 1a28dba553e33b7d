"""Deciding what becomes of each row, before anything is written."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from quizzes.domain.wording import Wording, find_filing_problems, read_wording
from quizzes.interchange.entries import Entry, Problem, RawQuestion
from quizzes.models import Question
from quizzes.question_types.base import QuestionError

from .report import Line, Result

DEFAULT_DIFFICULTY = 3


def read_lines(entries: Iterable[Entry]) -> list[Line]:
    """Read each row's wording; a row that a row above it has already given is refused."""
    firsts: dict[str, tuple[RawQuestion, Wording]] = {}
    return [_read_line(entry, firsts) for entry in entries]


def _read_line(entry: Entry, firsts: dict[str, tuple[RawQuestion, Wording]]) -> Line:
    if isinstance(entry, Problem):
        return Line(entry, Result.PROBLEM, entry.reason)
    try:
        wording = _read_question(entry)
    except QuestionError as error:
        return Line(entry, Result.PROBLEM, "".join(error.messages))
    first, first_wording = firsts.setdefault(wording.fingerprint, (entry, wording))
    if first is entry:
        return Line(entry, Result.IMPORTED, wording=wording)
    return _refuse_repetition(entry, wording, first, first_wording)


def _read_question(entry: RawQuestion) -> Wording:
    wording = read_wording(
        type=entry.type,
        stem=entry.stem,
        options=entry.options,
        answers=entry.answers,
        explanation=entry.explanation,
    )
    problems = find_filing_problems(
        difficulty=entry.difficulty or DEFAULT_DIFFICULTY,
        knowledge_point=entry.knowledge_point,
        source=entry.source,
    )
    if problems:
        raise QuestionError(problems)
    return wording


def _refuse_repetition(
    entry: RawQuestion, wording: Wording, first: RawQuestion, first_wording: Wording
) -> Line:
    places = {"sheet": first.sheet, "row": first.row}
    if wording.key == first_wording.key:
        reason = _("重复：和“%(sheet)s”第 %(row)d 行是同一道题，没有再次导入。") % places
        return Line(entry, Result.DUPLICATE, reason)
    reason = _(
        "答案矛盾：和“%(sheet)s”第 %(row)d 行是同一道题，那里的答案是“%(theirs)s”，"
        "这里是“%(ours)s”；请核对后改正。题库以前一行为准。"
    )
    answers = {"theirs": _show_answer(first), "ours": _show_answer(entry)}
    return Line(entry, Result.PROBLEM, reason % {**places, **answers})


def _show_answer(entry: RawQuestion) -> str:
    return "、".join(entry.answers)[:60]


def compare_with_bank(
    lines: Iterable[Line], filed: dict[str, Question]
) -> Iterator[tuple[Line, Question | None]]:
    """Each line as it stands against the bank, with the question it already is there."""
    for line in lines:
        question = filed.get(line.wording.fingerprint) if line.wording else None
        yield (_compare(line, question) if question else line), question


def _compare(line: Line, question: Question) -> Line:
    wording = _keep_explanation(line.wording, question)
    is_same = wording.is_in(question.current) and not changed_filing(line.entry, question)
    result = Result.UNCHANGED if is_same else Result.UPDATED
    return Line(line.entry, result, wording=wording)


def _keep_explanation(wording: Wording, question: Question) -> Wording:
    """An empty cell says nothing: an explanation written in the bank stays."""
    explanation = wording.explanation or question.current.explanation
    return Wording(wording.type, wording.stem, wording.data, explanation)


def changed_filing(entry: RawQuestion, question: Question) -> dict[str, int | str]:
    """What the file says about difficulty, knowledge point and source, and the bank does not."""
    said = {
        "difficulty": entry.difficulty,
        "knowledge_point": entry.knowledge_point,
        "source": entry.source,
    }
    return {
        name: value for name, value in said.items() if value and value != getattr(question, name)
    }
