"""What the templates show about quizzes."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from cms.cards import Card
from quizzes.entry_facts import quiz_facts
from quizzes.models import Attempt, AttemptState, QuizPage
from quizzes.presenting import answered_indexes
from quizzes.queries import (
    best_score_shown,
    count_questions,
    quiz_cards,
    quiz_to_do,
    quizzes_for,
    quizzes_hiding_scores,
)
from quizzes.wording import limit_text, score_number, window_text

QUIZ_CARD = "components/quiz_card.html"


@hooks.register("page_context:quizzes.quizpage")
def quiz_context(page, request):
    return {"quiz": quiz_facts(page, request.user, timezone.now()), "tab": "quizzes"}


@hooks.register("page_context:cms.academypage")
def academy_context(page, request):
    quizzes = quizzes_for(request.user).descendant_of(page)
    return {"quizzes": quiz_cards(request.user, quizzes, timezone.now())}


hooks.register("pages_hiding_scores", quizzes_hiding_scores)


@hooks.register("page_cards")
def draw_quizzes(request, page_ids):
    quizzes = list(quizzes_for(request.user).filter(pk__in=page_ids))
    cards = quiz_cards(request.user, quizzes, timezone.now())
    return {quiz.pk: Card(QUIZ_CARD, card) for quiz, card in zip(quizzes, cards, strict=True)}


@hooks.register("page_context:cms.homepage")
def home_context(page, request):
    return {"weekly": weekly_card(request)}


@hooks.register("my_page_context")
def my_scores_context(request):
    best = best_score_shown(request.user, timezone.now())
    return {"best_text": "" if best is None else score_number(best)}


def weekly_card(request) -> dict | None:
    """The quiz to do next."""
    if not request.user.is_authenticated:
        return None
    quiz = quiz_to_do(request.user, timezone.now())
    return _weekly_facts(request.user, quiz) if quiz else None


def _weekly_facts(member, quiz: QuizPage) -> dict:
    running = Attempt.objects.filter(member=member, quiz=quiz, state=AttemptState.OPEN).first()
    limit = limit_text(quiz) if quiz.rules.keeps_limits else ""
    return {
        "url": quiz.url,
        "title": quiz.title,
        "mode_label": quiz.rules.label,
        "note": window_text(quiz) or limit,
        "answered": len(answered_indexes(running)) if running else 0,
        "total": running.question_count if running else count_questions([quiz])[quiz.pk],
        "action": _("接着答") if running else _("去练习"),
    }
