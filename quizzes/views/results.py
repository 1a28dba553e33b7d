"""The result of an attempt, with explanations as far as the review rules allow."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.domain.attempts import count_attempts, find_obstacle, submit_attempt
from quizzes.models import Attempt
from quizzes.queries import review_attempt, review_obstacle
from quizzes.wording import score_text, spent_text


@require_safe
@never_cache
@login_required
def result(request, attempt_id):
    attempts = Attempt.objects.select_related("quiz")
    attempt = get_object_or_404(attempts, pk=attempt_id, member=request.user)
    now = timezone.now()
    if attempt.is_open and attempt.deadline and attempt.deadline <= now:
        attempt = submit_attempt(attempt_id=attempt_id, member=request.user, now=now)
    if attempt.is_open:
        return redirect("quizzes:resume", attempt_id)
    obstacle = review_obstacle(attempt, now)
    used = count_attempts(request.user, attempt.quiz)
    blocked = find_obstacle(quiz=attempt.quiz, used=used, now=now)
    context = {
        "attempt": result_facts(attempt),
        "reviews": [] if obstacle else review_attempt(attempt),
        "review_note": obstacle or "",
        "again_url": "" if blocked else attempt.quiz.url,
        "back_url": attempt.quiz.url,
        "board_url": reverse("learning:board"),
        "tab": "quizzes",
    }
    return render(request, "pages/quizzes/result.html", context)


def result_facts(attempt: Attempt) -> dict:
    pass_mark = attempt.quiz.pass_mark
    text = _("及格了") if attempt.has_passed else _("%d 分及格，看看讲解再来一次") % pass_mark
    return {
        "title": attempt.quiz.title,
        "score_text": score_text(attempt.score_bp),
        "passed": attempt.has_passed,
        "pass_text": text,
        "right_count": sum(state == "right" for _fraction, state in attempt.marks),
        "number_of_questions": attempt.question_count,
        "time_text": spent_text(attempt.started_at, attempt.submitted_at),
        "submitted_at": attempt.submitted_at,
        "is_auto": attempt.is_auto_submitted,
    }
