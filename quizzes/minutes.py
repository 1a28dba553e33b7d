"""How long a quiz takes, for whoever counts what is left (hook `page_minutes`)."""

from collections.abc import Collection

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from wagtail import hooks

from quizzes.models import QuizDraw, QuizPage, QuizQuestion


@hooks.register("page_minutes")
def quiz_minutes(member, page_ids: Collection[int]) -> dict[int, int]:
    """One minute a question, never more than the quiz allows."""
    fixed = QuizQuestion.objects.filter(quiz=OuterRef("pk")).order_by().values("quiz")
    drawn = QuizDraw.objects.filter(quiz=OuterRef("pk")).order_by().values("quiz")
    quizzes = QuizPage.objects.filter(pk__in=page_ids).annotate(
        fixed_count=Coalesce(Subquery(fixed.annotate(n=Count("pk")).values("n")), 0),
        drawn_count=Coalesce(Subquery(drawn.annotate(n=Sum("count")).values("n")), 0),
    )
    rows = quizzes.values_list("pk", "time_limit", "fixed_count", "drawn_count")
    return {pk: _minutes(limit, fixed + drawn) for pk, limit, fixed, drawn in rows}


def _minutes(limit: int, questions: int) -> int:
    minutes = max(1, questions)
    return min(limit, minutes) if limit else minutes
