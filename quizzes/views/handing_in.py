"""The end of an attempt: a look at what is missing, and the hand-in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quizzes.domain.attempts import AttemptNotFound, submit_attempt
from quizzes.models import Attempt, AttemptState
from quizzes.presenting import answered_indexes
from quizzes.views.answering import sign_in_again
from quizzes.views.opening import find_open
from quizzes.views.reading import read_json, wants_json
from quizzes.views.screens import attempt_facts, hand_in_facts, question_url


@require_safe
@never_cache
@login_required
def confirm(request, attempt_id):
    attempt = find_open(request, attempt_id)
    if attempt is None:
        return redirect("quizzes:result", attempt_id)
    answered = answered_indexes(attempt)
    last = question_url(attempt, attempt.question_count)
    context = {
        "attempt": attempt_facts(attempt, answered),
        "hand_in": hand_in_facts(attempt, answered, back_url=last),
        "tab": "quizzes",
    }
    return render(request, "pages/quizzes/confirm.html", context)


@require_POST
def submit(request, attempt_id):
    """Hand in; twice is the same as once."""
    if not request.user.is_authenticated:
        return sign_in_again(request, attempt_id)
    is_time_up = says_time_up(request)
    if is_time_up and is_premature(request, attempt_id):
        return JsonResponse({"too_early": True})
    try:
        submit_attempt(
            attempt_id=attempt_id, member=request.user, now=timezone.now(), by_clock=is_time_up
        )
    except AttemptNotFound:
        raise Http404 from None
    if wants_json(request):
        return JsonResponse({"result_url": reverse("quizzes:result", args=[attempt_id])})
    return redirect("quizzes:result", attempt_id)


def says_time_up(request) -> bool:
    body = read_json(request.body) if wants_json(request) else None
    return isinstance(body, dict) and bool(body.get("time_up"))


def is_premature(request, attempt_id: int) -> bool:
    """A phone says that the time is up, and it is not: its clock has jumped."""
    own = Attempt.objects.filter(pk=attempt_id, member=request.user, state=AttemptState.OPEN)
    return own.exclude(deadline__lte=timezone.now()).exists()
