"""Taking a quiz: start, one question per screen, hand in. All of it works without JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quizzes.domain.attempts import (
    AttemptNotFound,
    AttemptRefused,
    SaveOutcome,
    SaveResult,
    save_answer,
    start_attempt,
    submit_attempt,
)
from quizzes.models import Attempt
from quizzes.queries import answered_indexes, present_question, quizzes_for, versions_of
from quizzes.views.reading import PostedAnswer, wants_json

SAID = {
    SaveOutcome.STALE: gettext_lazy("这一题在别处有更新的答案，已为你换上。"),
    SaveOutcome.CLOSED: gettext_lazy("这份答卷已经交了，不能再改。"),
    SaveOutcome.EXPIRED: gettext_lazy("时间到了，已经自动交卷。"),
    SaveOutcome.NO_SUCH_QUESTION: gettext_lazy("没有这道题，请刷新页面。"),
}


@login_required
def start(request, quiz_id):
    """Start, or go on. A sign-in on the way comes back by GET: to the quiz's own page."""
    quiz = get_object_or_404(quizzes_for(request.user), pk=quiz_id)
    if request.method != "POST":
        return redirect(quiz.url)
    try:
        attempt = start_attempt(member=request.user, quiz=quiz, now=timezone.now())
    except AttemptRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(quiz.url)
    return redirect("quizzes:resume", attempt.pk)


def find_open(request, attempt_id: int) -> Attempt | None:
    """Her open attempt; None when it is over. Another member's does not exist for her."""
    attempts = Attempt.objects.select_related("quiz")
    attempt = get_object_or_404(attempts, pk=attempt_id, member=request.user)
    if attempt.is_open and attempt.deadline and attempt.deadline <= timezone.now():
        submit_attempt(attempt_id=attempt.pk, member=request.user, now=timezone.now())
        return None
    return attempt if attempt.is_open else None


@require_safe
@never_cache
@login_required
def resume(request, attempt_id):
    """To the first question without an answer, or to the result when all is over."""
    attempt = find_open(request, attempt_id)
    if attempt is None:
        return redirect("quizzes:result", attempt_id)
    missing = set(range(attempt.question_count)) - answered_indexes(attempt)
    return redirect("quizzes:question", attempt_id, min(missing, default=0) + 1)


@require_safe
@never_cache
@login_required
def question(request, attempt_id, number):
    attempt = find_open(request, attempt_id)
    if attempt is None:
        return redirect("quizzes:result", attempt_id)
    if not 1 <= number <= attempt.question_count:
        raise Http404
    version = versions_of(attempt)[attempt.layout[number - 1]["v"]]
    answered = answered_indexes(attempt)
    context = {
        "attempt": attempt_facts(attempt, number, answered),
        "steps": [step(attempt, n, answered, current=number) for n in all_numbers(attempt)],
        "question": present_question(attempt, number - 1, version),
        "saved": number - 1 in answered,
        "tab": "quizzes",
    }
    return render(request, "pages/quizzes/attempt.html", context)


def all_numbers(attempt: Attempt) -> range:
    return range(1, attempt.question_count + 1)


def step(attempt: Attempt, number: int, answered: set[int], *, current: int = 0) -> dict:
    return {
        "index": number,
        "url": reverse("quizzes:question", args=[attempt.pk, number]),
        "answered": number - 1 in answered,
        "current": number == current,
    }


def attempt_facts(attempt: Attempt, number: int, answered: set[int]) -> dict:
    return {
        "id": attempt.pk,
        "title": attempt.quiz.title,
        "number_of_questions": attempt.question_count,
        "index": number,
        "answered_count": len(answered),
        "deadline_iso": attempt.deadline.isoformat() if attempt.deadline else "",
        "server_now_ms": round(timezone.now().timestamp() * 1000),
        "save_url": reverse("quizzes:answer", args=[attempt.pk]),
        "submit_url": reverse("quizzes:submit", args=[attempt.pk]),
        "back_url": attempt.quiz.url,
    }


@require_POST
def answer(request, attempt_id):
    """Save one answer: JSON from the outbox, or the form itself without JavaScript."""
    if not request.user.is_authenticated:
        return sign_in_again(request, attempt_id)
    posted = PostedAnswer.read(request)
    if posted is None:
        return HttpResponse(_("答案没有写全，请刷新页面再答。"), status=400)
    try:
        saved = save_answer(
            attempt_id=attempt_id,
            member=request.user,
            index=posted.number - 1,
            values=posted.values,
            sequence=posted.sequence,
            now=timezone.now(),
        )
    except AttemptNotFound:
        raise Http404 from None
    if wants_json(request):
        return JsonResponse(saved_facts(attempt_id, saved))
    return go_on(request, attempt_id, posted, saved)


def sign_in_again(request, attempt_id: int):
    """The outbox keeps its answers on a 401; a plain form comes back to the attempt."""
    if wants_json(request):
        return JsonResponse({"message": _("登录已过期，请重新登录。")}, status=401)
    return redirect_to_login(reverse("quizzes:resume", args=[attempt_id]))


def saved_facts(attempt_id: int, saved: SaveResult) -> dict:
    if saved.is_saved:
        return {"saved": True}
    facts = {"saved": False, "reason": saved.outcome, "message": SAID[saved.outcome]}
    if saved.outcome is SaveOutcome.STALE:
        facts["response"] = saved.standing_response
    if saved.outcome in (SaveOutcome.CLOSED, SaveOutcome.EXPIRED):
        facts["result_url"] = reverse("quizzes:result", args=[attempt_id])
    return facts


def go_on(request, attempt_id: int, posted: PostedAnswer, saved: SaveResult):
    """Where the pressed button leads."""
    if saved.outcome in (SaveOutcome.CLOSED, SaveOutcome.EXPIRED):
        messages.warning(request, SAID[saved.outcome])
        return redirect("quizzes:result", attempt_id)
    if posted.go == "finish":
        return redirect("quizzes:confirm", attempt_id)
    way = {"next": 1, "prev": -1}.get(posted.go, 0)
    return redirect("quizzes:question", attempt_id, max(1, posted.number + way))


@require_safe
@never_cache
@login_required
def confirm(request, attempt_id):
    attempt = find_open(request, attempt_id)
    if attempt is None:
        return redirect("quizzes:result", attempt_id)
    answered = answered_indexes(attempt)
    steps = [step(attempt, number, answered) for number in all_numbers(attempt)]
    context = {
        "answered_count": len(answered),
        "number_of_questions": attempt.question_count,
        "unanswered": [each for each in steps if not each["answered"]],
        "submit_url": reverse("quizzes:submit", args=[attempt_id]),
        "back_url": steps[-1]["url"],
        "tab": "quizzes",
    }
    return render(request, "pages/quizzes/confirm.html", context)


@require_POST
def submit(request, attempt_id):
    """Hand in; twice is the same as once."""
    if not request.user.is_authenticated:
        return sign_in_again(request, attempt_id)
    try:
        submit_attempt(attempt_id=attempt_id, member=request.user, now=timezone.now())
    except AttemptNotFound:
        raise Http404 from None
    if wants_json(request):
        return JsonResponse({"result_url": reverse("quizzes:result", args=[attempt_id])})
    return redirect("quizzes:result", attempt_id)
