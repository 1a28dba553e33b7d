"""The questions of a bank as files hold them."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from quizzes.domain.versions import newest_version
from quizzes.interchange.entries import RawQuestion
from quizzes.models import Question
from quizzes.question_types.base import Authoring
from quizzes.question_types.registry import get_type

BATCH = 500


def export_entries(questions: QuerySet[Question]) -> Iterator[RawQuestion]:
    """Each question with its current wording, or the one in review while there is no other.

    By knowledge point, which some formats keep as a category; `row` is the question's number.
    Importing what is written here into the same bank changes nothing.
    """
    rows = questions.select_related("bank", "current", "proposed").prefetch_related("tags")
    rows = rows.annotate(worded=Coalesce("current", "proposed")).filter(worded__isnull=False)
    for question in rows.order_by("knowledge_point", "pk").iterator(chunk_size=BATCH):
        yield _export(question)


def _export(question: Question) -> RawQuestion:
    version = question.current or newest_version(question)
    question_type = get_type(version.type)
    authoring = question_type.authoring(question_type.from_data(version.data), version.stem)
    return RawQuestion(
        sheet=question.bank.name,
        row=question.pk,
        explanation=version.explanation,
        difficulty=question.difficulty,
        knowledge_point=question.knowledge_point,
        source=question.source,
        tags=tuple(sorted(tag.name for tag in question.tags.all())),
        **describe(version.type, authoring),
    )


def describe(type_key: str, authoring: Authoring) -> dict:
    """The wording as fields of a RawQuestion."""
    return {
        "type": type_key,
        "stem": authoring.stem,
        "options": authoring.options,
        "answers": authoring.answers,
        "settings": authoring.settings,
        "parts": tuple(
            RawQuestion(sheet="", row=0, **describe(part.type, part.authoring))
            for part in authoring.parts
        ),
    }
