"""What a quiz is made of: a pool of versions for each fixed question and each draw."""

from dataclasses import dataclass

from django.db.models import (
    Aggregate,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from taggit.models import TaggedItem

from members.prepared import Prepared
from quizzes.models import Question, QuizDraw, QuizPage, QuizQuestion


@dataclass(frozen=True)
class Pool:
    """`count` of the versions `ids` are asked, for `points` each."""

    ids: tuple[int, ...]
    count: int = 1
    points: int = 1


class JoinedIds(Aggregate):
    """All ids as one text, "3,5,8": a row per pool instead of one per question."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s)")

    def as_postgresql(self, compiler, connection, **context):
        template = "STRING_AGG((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template)


def read_pools(quiz: QuizPage) -> list[Pool]:
    """The fixed questions in their order, then the draws in theirs; one query."""
    rows = (_WITH_DRAWS if quiz.rules.takes_draws else _FIXED).rows(quiz=quiz.pk)
    return [
        Pool(ids=_read_ids(ids), count=count, points=points)
        for _source, _place, _row, count, points, ids in rows
    ]


def _all_rows(quiz: int) -> QuerySet:
    rows = _fixed(quiz).union(_drawn(quiz), all=True)
    return rows.order_by("source", "place", "row")


def _fixed_rows(quiz: int) -> QuerySet:
    return _fixed(quiz).order_by("source", "place", "row")


COLUMNS = ("source", "place", "row", "number", "worth", "ids")


def _fixed(quiz: int) -> QuerySet:
    rows = QuizQuestion.objects.filter(
        quiz=quiz, question__is_retired=False, question__current__isnull=False
    )
    return _as_columns(
        rows, source=0, number=Value(1), ids=Cast("question__current_id", TextField())
    )


def _drawn(quiz: int) -> QuerySet:
    rows = QuizDraw.objects.filter(quiz=quiz)
    pool = _fitting().order_by().values("bank").annotate(ids=JoinedIds("current_id"))
    return _as_columns(rows, source=1, number="count", ids=Subquery(pool.values("ids")))


def _as_columns(rows, *, source: int, number, ids):
    columns = {"place": "sort_order", "row": "pk", "number": number, "worth": "points"}
    expressions = {
        name: F(column) if isinstance(column, str) else column for name, column in columns.items()
    }
    return (
        rows.order_by().annotate(source=Value(source), **expressions, ids=ids).values_list(*COLUMNS)
    )


def _fitting():
    """Questions that fit the outer draw; what it leaves empty fits everything."""
    tagged = TaggedItem.objects.filter(
        content_type__app_label=Question._meta.app_label,
        content_type__model=Question._meta.model_name,
        object_id=OuterRef("pk"),
        tag__name__iexact=OuterRef(OuterRef("tag")),
    )
    return Question.objects.alias(
        wanted_tag=_outer("tag"), wanted_point=_outer("knowledge_point")
    ).filter(
        Q(wanted_tag="") | Exists(tagged),
        Q(wanted_point="") | Q(knowledge_point=OuterRef("knowledge_point")),
        bank=OuterRef("bank"),
        is_retired=False,
        current__isnull=False,
        difficulty__gte=OuterRef("min_difficulty"),
        difficulty__lte=OuterRef("max_difficulty"),
    )


def _outer(column: str) -> ExpressionWrapper:
    return ExpressionWrapper(OuterRef(column), output_field=CharField())


def _read_ids(joined: str | None) -> tuple[int, ...]:
    """Sorted, so that a draw is the same whatever order the database answers in."""
    return tuple(sorted(map(int, joined.split(",")))) if joined else ()


_WITH_DRAWS, _FIXED = Prepared(_all_rows, quiz=int), Prepared(_fixed_rows, quiz=int)
