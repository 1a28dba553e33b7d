"""Writing a planned import: a bounded number of queries, however many questions."""

from collections.abc import Iterable
from itertools import islice

from django.db.models import OuterRef, Subquery

from members.models import Member
from quizzes.domain.wording import Wording
from quizzes.models import Question, QuestionBank, QuestionVersion

from .planning import DEFAULT_DIFFICULTY, changed_filing
from .report import Line, Result

BATCH = 500

Planned = tuple[Line, Question | None]


def find_filed(bank: QuestionBank | None, wordings: Iterable[Wording]) -> dict[str, Question]:
    """The bank's questions among `wordings`, by fingerprint, with their current versions."""
    if bank is None:
        return {}
    wanted = {wording.fingerprint for wording in wordings}
    held = bank.questions.values_list("fingerprint", "pk").iterator()
    found = [pk for print_, pk in held if print_ in wanted]
    filed = {}
    for pks in _batches(found):
        for question in Question.objects.filter(pk__in=pks).select_related("current"):
            filed[question.fingerprint] = question
    return filed


def write(bank: QuestionBank, planned: list[Planned], author: Member | None) -> None:
    new = [line for line, question in planned if line.result == Result.IMPORTED]
    updated = [pair for pair in planned if pair[0].result == Result.UPDATED]
    _update_filing(updated)
    reworded = [(line, each) for line, each in updated if not line.wording.is_in(each.current)]
    versions = [
        _make_version(line, question, question.current.number + 1, author)
        for line, question in reworded
    ]
    versions += [
        _make_version(line, question, 1, author)
        for line, question in zip(new, _create_questions(bank, new), strict=True)
    ]
    QuestionVersion.objects.bulk_create(versions, batch_size=BATCH)
    _point_to_latest([version.question_id for version in versions])


def _create_questions(bank: QuestionBank, lines: list[Line]) -> list[Question]:
    questions = [
        Question(
            bank=bank,
            fingerprint=line.wording.fingerprint,
            difficulty=line.entry.difficulty or DEFAULT_DIFFICULTY,
            knowledge_point=line.entry.knowledge_point,
            source=line.entry.source,
        )
        for line in lines
    ]
    return Question.objects.bulk_create(questions, batch_size=BATCH)


def _make_version(
    line: Line, question: Question, number: int, author: Member | None
) -> QuestionVersion:
    return QuestionVersion(
        question=question,
        number=number,
        type=line.wording.type,
        stem=line.wording.stem,
        data=line.wording.data,
        explanation=line.wording.explanation,
        created_by=author,
    )


def _update_filing(updated: list[tuple[Line, Question]]) -> None:
    changed = []
    for line, question in updated:
        if changes := changed_filing(line.entry, question):
            for name, value in changes.items():
                setattr(question, name, value)
            changed.append(question)
    Question.objects.bulk_update(
        changed, ["difficulty", "knowledge_point", "source"], batch_size=BATCH
    )


def _point_to_latest(question_ids: list[int]) -> None:
    latest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number")
    for pks in _batches(question_ids):
        Question.objects.filter(pk__in=pks).update(current=Subquery(latest.values("pk")[:1]))


def _batches(items: Iterable[int]) -> Iterable[list[int]]:
    iterator = iter(items)
    return iter(lambda: list(islice(iterator, BATCH)), [])
