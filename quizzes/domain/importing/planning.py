"""Deciding what becomes of each row, before anything is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from quizzes.domain.versions import newest_version
from quizzes.domain.wording import Wording, find_filing_problems, read_wording
from quizzes.interchange.entries import Entry, Problem, RawQuestion
from quizzes.models import Question, QuestionVersion
from quizzes.question_types.base import Authoring, Part, QuestionError

from .report import Line, Result
from .showing import note_separators, show_key
from .tagging import find_tag_problems

DEFAULT_DIFFICULTY = 3
# What is in the file before: the row and its wording, by fingerprint.
Firsts = dict[str, tuple[RawQuestion, Wording]]
NO_KEYS: Mapping[int, frozenset[str]] = {}


def read_line(entry: Entry, firsts: Firsts) -> Line:
    """The row's wording; a row that a row above it has already given is refused."""
    if isinstance(entry, Problem):
        return Line(entry, Result.PROBLEM, entry.reason)
    try:
        wording = _read_question(entry)
    except QuestionError as error:
        return Line(entry, Result.PROBLEM, "".join(error.messages))
    first, first_wording = firsts.setdefault(wording.fingerprint, (entry, wording))
    if first is entry:
        return Line(entry, Result.IMPORTED, wording=wording, notes=note_separators(wording))
    return _refuse_repetition(entry, wording, first, first_wording)


def _read_question(entry: RawQuestion) -> Wording:
    wording = read_wording(
        type=entry.type,
        stem=entry.stem,
        options=entry.options,
        answers=entry.answers,
        explanation=entry.explanation,
        settings=entry.settings,
        parts=tuple(_read_part(part) for part in entry.parts),
    )
    problems = find_filing_problems(
        difficulty=entry.difficulty or DEFAULT_DIFFICULTY,
        knowledge_point=entry.knowledge_point,
        source=entry.source,
    ) + find_tag_problems(entry.tags)
    if problems:
        raise QuestionError(problems)
    return wording


def _read_part(part: RawQuestion) -> Part:
    return Part(part.type, Authoring(part.stem, part.options, part.answers, part.settings))


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
    lines: Iterable[Line],
    filed: Mapping[str, Question],
    replaced: Mapping[int, frozenset[str]] = NO_KEYS,
) -> Iterator[tuple[Line, Question | None]]:
    """Each line as it stands against the bank, with the question it already is there.

    `replaced` are the keys, by question id, that corrections have found to be wrong.
    """
    for line in lines:
        question = filed.get(line.wording.fingerprint) if line.wording else None
        wrong = replaced.get(question.pk, frozenset()) if question else frozenset()
        yield (_compare(line, question, wrong) if question else line), question


def _compare(line: Line, question: Question, wrong: frozenset[str]) -> Line:
    wording = _find_kept(line.wording, question)
    if is_filed(wording, question):
        result = Result.UPDATED if changed_filing(line.entry, question) else Result.UNCHANGED
        return replace(line, result=result, wording=wording)
    newest = newest_version(question)
    notes = line.notes
    if newest and (before := _read_version(newest)).key != wording.key:
        if wording.key in wrong:
            return _refuse_corrected(line, before)
        notes = (*notes, _note_key(before, wording))
    return replace(line, result=Result.UPDATED, wording=wording, notes=notes)


def _read_version(version: QuestionVersion) -> Wording:
    return Wording(version.type, version.stem, version.data)


def _refuse_corrected(line: Line, newest: Wording) -> Line:
    reason = _(
        "这道题的答案已经更正过，文件里还是更正前的答案；题库里现在是“%(now)s”，没有改动。"
        "请把文件里的答案改过来。"
    )
    return Line(line.entry, Result.PROBLEM, reason % {"now": show_key(newest)})


def _note_key(before: Wording, after: Wording) -> str:
    shown = {"before": show_key(before), "after": show_key(after)}
    return _("答案由“%(before)s”改为“%(after)s”，请核对。") % shown


def _find_kept(wording: Wording, question: Question) -> Wording:
    """An empty cell says nothing: an explanation written in the bank stays."""
    versions = [question.current, question.proposed]
    kept = [_keep_explanation(wording, version) for version in versions if version]
    same = [each for each in kept if is_filed(each, question)]
    newest = newest_version(question)
    if same:
        return same[0]
    return _keep_explanation(wording, newest) if newest else wording


def _keep_explanation(wording: Wording, version: QuestionVersion) -> Wording:
    explanation = wording.explanation or version.explanation
    return Wording(wording.type, wording.stem, wording.data, explanation)


def is_filed(wording: Wording, question: Question) -> bool:
    """Whether the question is worded so, or will be when it has passed its reviews."""
    if question.current and wording.is_in(question.current):
        return True
    waits = question.proposed and question.bank.needs_review
    return bool(waits) and wording.is_in(question.proposed)


def changed_filing(entry: RawQuestion, question: Question) -> dict[str, int | str]:
    """What the file says about where the question is filed, and the bank does not. Tags are only
    ever added."""
    said = {
        "difficulty": entry.difficulty,
        "knowledge_point": entry.knowledge_point,
        "source": entry.source,
    }
    changes = {
        name: value for name, value in said.items() if value and value != getattr(question, name)
    }
    known = {tag.name.lower() for tag in question.tags.all()}
    if new := [tag for tag in entry.tags if tag.lower() not in known]:
        changes["tags"] = new
    return changes
