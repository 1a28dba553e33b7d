"""What the templates show about quizzes."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from quizzes.domain.attempts import find_obstacle
from quizzes.models import Attempt, AttemptState, QuizPage, ReviewPhase
from quizzes.queries import answered_indexes, count_questions, quiz_cards, quizzes_for
from quizzes.wording import attempts_text, limit_text, moment_text, score_text, window_text

REVIEW_TEXTS = {
    ReviewPhase.AFTER_HAND_IN: gettext_lazy("交卷后马上看到答案和讲解。"),
    ReviewPhase.AFTER_CLOSE: gettext_lazy("测验截止后可以看答案和讲解。"),
    ReviewPhase.NEVER: gettext_lazy("这份测验只给成绩，不公布答案。"),
}


@hooks.register("page_context:quizzes.quizpage")
def quiz_context(page, request):
    attempts = own_attempts(request, page)
    facts = quiz_facts(page, attempts) | entry_facts(page, request, attempts)
    return {"quiz": facts, "tab": "quizzes"}


def own_attempts(request, page: QuizPage) -> list[Attempt]:
    if not request.user.is_authenticated:
        return []
    attempts = Attempt.objects.defer("layout", "answers", "marks")
    return list(attempts.filter(member=request.user, quiz=page).order_by("-number"))


def quiz_facts(page: QuizPage, attempts: list[Attempt]) -> dict:
    scores = [attempt.score_bp for attempt in attempts if attempt.score_bp is not None]
    return {
        "question_count": count_questions([page])[page.pk],
        "limit_text": limit_text(page),
        "attempts_text": attempts_text(page, len(attempts)),
        "pass_text": _("%d 分及格") % page.pass_mark,
        "window_text": window_text(page),
        "best_text": score_text(max(scores)) if scores else "",
        "review_text": REVIEW_TEXTS[page.review_phase],
        "history": [history_row(attempt) for attempt in attempts if not attempt.is_open],
    }


def history_row(attempt: Attempt) -> dict:
    return {
        "number": attempt.number,
        "date": moment_text(attempt.submitted_at),
        "score_text": score_text(attempt.score_bp),
        "passed": attempt.has_passed,
        "url": reverse("quizzes:result", args=[attempt.pk]),
    }


def entry_facts(page: QuizPage, request, attempts: list[Attempt]) -> dict:
    """Where the one big button leads."""
    if not request.user.is_authenticated:
        return {}
    running = next((attempt for attempt in attempts if attempt.is_open), None)
    if running:
        return {"resume_url": reverse("quizzes:resume", args=[running.pk])}
    obstacle = find_obstacle(quiz=page, used=len(attempts), now=timezone.now())
    return {
        "blocked_reason": obstacle or "",
        "start_url": "" if obstacle else reverse("quizzes:start", args=[page.pk]),
    }


@hooks.register("page_context:cms.academypage")
def academy_context(page, request):
    quizzes = quizzes_for(request.user).descendant_of(page)
    return {"quizzes": quiz_cards(request.user, quizzes, timezone.now())}


@hooks.register("page_context:courses.coursepage")
def course_context(page, request):
    quizzes = quizzes_for(request.user).child_of(page)
    return {"quizzes": quiz_cards(request.user, quizzes, timezone.now())}


@hooks.register("page_context:cms.homepage")
def home_context(page, request):
    return {"weekly": weekly_card(request)}


def weekly_card(request) -> dict | None:
    """The quiz to do next: of those open now, the one that closes first, else the newest."""
    if not request.user.is_authenticated:
        return None
    now = timezone.now()
    open_now = quizzes_for(request.user).filter(
        Q(opens_at=None) | Q(opens_at__lte=now), Q(closes_at=None) | Q(closes_at__gt=now)
    )
    closing_first = F("closes_at").asc(nulls_last=True)
    quiz = open_now.order_by(closing_first, "-first_published_at", "-pk").first()
    return _weekly_facts(request.user, quiz) if quiz else None


def _weekly_facts(member, quiz: QuizPage) -> dict:
    running = Attempt.objects.filter(member=member, quiz=quiz, state=AttemptState.OPEN).first()
    return {
        "url": quiz.url,
        "title": quiz.title,
        "note": window_text(quiz) or limit_text(quiz),
        "answered": len(answered_indexes(running)) if running else 0,
        "total": running.question_count if running else count_questions([quiz])[quiz.pk],
        "action": _("接着答") if running else _("去练习"),
    }
