"""Quizzes of a themed column."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.cards import Card
from cms.columns import ColumnKind
from quizzes.models import QuizPage
from quizzes.page_contexts import QUIZ_CARD
from quizzes.queries import quiz_cards


def draw_quizzes(request, ids):
    quizzes = list(QuizPage.objects.filter(pk__in=ids))
    cards = quiz_cards(request.user, quizzes, timezone.now())
    return {page.pk: Card(QUIZ_CARD, card) for page, card in zip(quizzes, cards, strict=True)}


@hooks.register("column_kinds")
def quizzes():
    return ColumnKind(
        slug="quizzes",
        label=_("测验"),
        order=300,
        model=QuizPage,
        is_in=lambda column, member: Q(
            pk__in=QuizPage.objects.filter(column=column.pk).order_by().values("pk")
        ),
        draw=draw_quizzes,
    )
