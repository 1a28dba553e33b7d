"""Starting an attempt and looking at its questions. All of it works without JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.domain.attempts import (
    AttemptNotFound,
    AttemptRefused,
    close_if_expired,
    needs_password,
    note_shown,
    read_attempt,
    start_attempt,
)
from quizzes.models import Attempt
from quizzes.queries import quizzes_for
from quizzes.views.screens import (
    may_look_at,
    number_to_answer,
    page_context,
    question_context,
    question_url,
    shows_all,
)


@login_required
def start(request, quiz_id):
    """Start, or go on. A sign-in on the way comes back by GET: to the quiz's own page."""
    quiz = get_object_or_404(quizzes_for(request.user), pk=quiz_id)
    if request.method != "POST":
        return redirect(quiz.url)
    password = request.POST.get("password", "")
    try:
        attempt = start_attempt(
            member=request.user, quiz=quiz, now=timezone.now(), password=password
        )
    except AttemptRefused as refusal:
        return explain(request, quiz, refusal, password)
    return redirect("quizzes:resume", attempt.pk)


def explain(request, quiz, refusal: AttemptRefused, password: str):
    """Back on the quiz's page; a wrong password stays in its field, with what is wrong beside."""
    if not needs_password(quiz):
        messages.warning(request, str(refusal))
        return redirect(quiz.url)
    context = quiz.get_context(request)
    if not context["quiz"].get("start_url"):
        messages.warning(request, str(refusal))
        return redirect(quiz.url)
    context["quiz"] |= {"password_error": str(refusal), "password_typed": password}
    return render(request, quiz.template, context, status=422)


def her_attempt(request, attempt_id: int) -> Attempt:
    try:
        return read_attempt(attempt_id, member=request.user)
    except AttemptNotFound:
        raise Http404 from None


def find_open(request, attempt_id: int) -> Attempt | None:
    """Her open attempt; None when it is over. Another member's does not exist for her."""
    attempt = close_if_expired(attempt=her_attempt(request, attempt_id), now=timezone.now())
    return attempt if attempt.is_open else None


@require_safe
@never_cache
@login_required
def resume(request, attempt_id):
    """The page of all questions; where they come one by one, to the one that is next."""
    attempt = find_open(request, attempt_id)
    if attempt is None:
        return redirect("quizzes:result", attempt_id)
    if shows_all(attempt):
        return render(request, "pages/quizzes/attempt.html", page_context(attempt))
    return redirect("quizzes:question", attempt_id, number_to_answer(attempt))


@require_safe
@never_cache
@login_required
def question(request, attempt_id, number):
    attempt = find_open(request, attempt_id)
    if attempt is None:
        return redirect("quizzes:result", attempt_id)
    if not 1 <= number <= attempt.question_count:
        raise Http404
    if shows_all(attempt):
        return redirect(question_url(attempt, number))
    if not may_look_at(attempt, number):
        return redirect("quizzes:question", attempt_id, number_to_answer(attempt))
    note_shown(attempt=attempt, index=number - 1)
    context = question_context(attempt, number, request.user)
    return render(request, "pages/quizzes/question.html", context)
