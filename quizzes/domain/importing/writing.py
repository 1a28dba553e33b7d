"""Writing a planned import: a bounded number of queries, however many questions."""

from collections.abc import Iterable
from itertools import islice

from django.db.models import Max

from members.models import Member
from quizzes.domain.versions import point_to_latest
from quizzes.models import Question, QuestionBank, QuestionVersion

from .planning import DEFAULT_DIFFICULTY, changed_filing, is_filed
from .report import Line, Result
from .tagging import add_tags

BATCH = 500

Planned = tuple[Line, Question | None]


def write(bank: QuestionBank, planned: list[Planned], author: Member | None) -> None:
    new = [line for line, question in planned if line.result == Result.IMPORTED]
    updated = [pair for pair in planned if pair[0].result == Result.UPDATED]
    tags = _update_filing(updated)
    reworded = [(line, each) for line, each in updated if not is_filed(line.wording, each)]
    last = _find_last_numbers([question.pk for _line, question in reworded])
    created = _create_questions(bank, new)
    versions = [
        _make_version(line, question, last.get(question.pk, 0) + 1, author)
        for line, question in (*reworded, *zip(new, created, strict=True))
    ]
    QuestionVersion.objects.bulk_create(versions, batch_size=BATCH)
    point_to_latest(bank=bank, question_ids=[version.question_id for version in versions])
    tags |= {
        question.pk: line.entry.tags
        for line, question in zip(new, created, strict=True)
        if line.entry.tags
    }
    add_tags(tags)


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


def _find_last_numbers(question_ids: list[int]) -> dict[int, int]:
    """The highest version number of each; a withdrawn proposal has one too."""
    last: dict[int, int] = {}
    for pks in batches(question_ids):
        numbers = QuestionVersion.objects.filter(question__in=pks).values_list("question")
        last.update(numbers.annotate(Max("number")).order_by())
    return last


def _update_filing(updated: list[tuple[Line, Question]]) -> dict[int, list[str]]:
    """Returns the tags to be added, by question id."""
    changed, tags = [], {}
    for line, question in updated:
        changes = changed_filing(line.entry, question)
        if new := changes.pop("tags", None):
            tags[question.pk] = new
        for name, value in changes.items():
            setattr(question, name, value)
        if changes:
            changed.append(question)
    Question.objects.bulk_update(
        changed, ["difficulty", "knowledge_point", "source"], batch_size=BATCH
    )
    return tags


def batches(items: Iterable) -> Iterable[list]:
    iterator = iter(items)
    return iter(lambda: list(islice(iterator, BATCH)), [])
