"""Answers that arrive: JSON from the outbox, one or many, or a form without JavaScript."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from quizzes.domain.attempts import (
    AttemptNotFound,
    AttemptRefused,
    GivenAnswer,
    SaveOutcome,
    SaveResult,
    check_answer,
    read_attempt,
    save_answer,
    save_answers,
)
from quizzes.presenting import hints_on
from quizzes.views.reading import PostedAnswer, newest, read_batch, read_page, wants_json

SAID = {
    SaveOutcome.STALE: gettext_lazy("这一题在别处有更新的答案，已为你换上。"),
    SaveOutcome.CLOSED: gettext_lazy("这份答卷已经交了，不能再改。"),
    SaveOutcome.VOIDED: gettext_lazy("这份答卷已经作废，不能再答；有疑问请问出题的妇联。"),
    SaveOutcome.EXPIRED: gettext_lazy("时间到了，已经自动交卷。"),
    SaveOutcome.NO_SUCH_QUESTION: gettext_lazy("没有这道题，请刷新页面。"),
    SaveOutcome.CHECKED: gettext_lazy("这一题已经看过答案，不能再改。"),
    SaveOutcome.PASSED: gettext_lazy("这一题已经过去了，不能回头改。"),
}
IS_OVER = (SaveOutcome.CLOSED, SaveOutcome.VOIDED, SaveOutcome.EXPIRED)


@require_POST
def answer(request, attempt_id):
    """Save one answer, or have it judged where the mode does that."""
    if not request.user.is_authenticated:
        return sign_in_again(request, attempt_id)
    posted = PostedAnswer.read(request)
    if posted is None:
        return HttpResponse(_("答案没有写全，请刷新页面再答。"), status=400)
    if posted.asks_for_check and not needs_a_word(request, attempt_id, posted):
        return check(request, attempt_id, posted)
    return save(request, attempt_id, posted)


def needs_a_word(request, attempt_id: int, posted: PostedAnswer) -> bool:
    """Whether a plain form holds something that she was not told of; then it waits on its page."""
    if wants_json(request):
        return False
    hint = hint_on(request, attempt_id, posted)
    return bool(hint) and hint != posted.told


def hint_on(request, attempt_id: int, posted: PostedAnswer) -> str:
    given = posted.as_given
    return hints_of(request, attempt_id, [given]).get(given.index, "")


def hints_of(request, attempt_id: int, given: Iterable[GivenAnswer]) -> dict[int, str]:
    """By place; it costs two queries, so it is asked where there can be something to say."""
    values = {each.index: each.values for each in given}
    if not values:
        return {}
    try:
        attempt = read_attempt(attempt_id, member=request.user)
    except AttemptNotFound:
        raise Http404 from None
    return hints_on(attempt, values)


def hand_over(take, request, attempt_id: int, posted: PostedAnswer):
    """To `save_answer` or `check_answer`."""
    given = posted.as_given
    try:
        return take(
            attempt_id=attempt_id,
            member=request.user,
            index=given.index,
            values=given.values,
            sequence=given.sequence,
            now=timezone.now(),
        )
    except AttemptNotFound:
        raise Http404 from None


def save(request, attempt_id: int, posted: PostedAnswer):
    saved = hand_over(save_answer, request, attempt_id, posted)
    if wants_json(request):
        facts = saved_facts(attempt_id, saved)
        if posted.wants_hint and saved.is_saved:
            facts["hint"] = hint_on(request, attempt_id, posted)
        return JsonResponse(facts)
    if saved.is_saved and needs_a_word(request, attempt_id, posted):
        return redirect("quizzes:question", attempt_id, posted.number)
    return go_on(request, attempt_id, posted, saved)


def check(request, attempt_id: int, posted: PostedAnswer):
    """Judged once and for all; the question's own page then shows how it was."""
    try:
        result = hand_over(check_answer, request, attempt_id, posted)
    except AttemptRefused as refusal:
        return HttpResponse(str(refusal), status=400)
    facts = saved_facts(attempt_id, result.save)
    if result.is_over:
        facts["result_url"] = reverse("quizzes:result", args=[attempt_id])
    if result.obstacle:
        # The script loads the page again, and there it stands.
        messages.warning(request, result.obstacle)
    if wants_json(request):
        return JsonResponse(facts)
    if "result_url" in facts:
        return redirect(facts["result_url"])
    if "message" in facts:
        messages.warning(request, facts["message"])
    return redirect("quizzes:question", attempt_id, posted.number)


@require_POST
def answers(request, attempt_id):
    """Save many answers at once: what waited in the outbox, or the whole page as one form."""
    if not request.user.is_authenticated:
        return sign_in_again(request, attempt_id)
    posted = read_batch(request.body) if wants_json(request) else None
    given = newest(posted) if posted else read_page(request.POST)
    if given is None:
        return HttpResponse(_("答案没有写全，请刷新页面再答。"), status=400)
    try:
        results = save_answers(
            attempt_id=attempt_id, member=request.user, answers=given, now=timezone.now()
        )
    except AttemptNotFound:
        raise Http404 from None
    if posted:
        replies = [saved_facts(attempt_id, results[each.number - 1]) for each in posted]
        asking = [each.as_given for each in posted if each.wants_hint]
        hints = hints_of(request, attempt_id, asking)
        for each, reply in zip(posted, replies, strict=True):
            if each.wants_hint and reply["saved"]:
                reply["hint"] = hints.get(each.number - 1, "")
        return JsonResponse({"replies": replies})
    saved = [each for each in given if results[each.index].is_saved]
    return go_on_from_page(request, attempt_id, results, hints_of(request, attempt_id, saved))


def sign_in_again(request, attempt_id: int):
    """The outbox keeps its answers on a 401; a plain form comes back to the attempt."""
    if wants_json(request):
        return JsonResponse({"message": _("登录已过期，请重新登录。")}, status=401)
    return redirect_to_login(reverse("quizzes:resume", args=[attempt_id]))


def saved_facts(attempt_id: int, saved: SaveResult) -> dict:
    if saved.is_saved:
        return {"saved": True}
    facts = {"saved": False, "reason": saved.outcome, "message": str(SAID[saved.outcome])}
    if saved.outcome in (SaveOutcome.STALE, SaveOutcome.CHECKED, SaveOutcome.PASSED):
        facts["response"] = list(saved.standing_response)
    if saved.outcome in IS_OVER:
        facts["result_url"] = reverse("quizzes:result", args=[attempt_id])
    return facts


def go_on(request, attempt_id: int, posted: PostedAnswer, saved: SaveResult):
    """Where the pressed button leads."""
    if saved.outcome in IS_OVER:
        messages.warning(request, SAID[saved.outcome])
        return redirect("quizzes:result", attempt_id)
    if posted.go == "finish":
        return redirect("quizzes:confirm", attempt_id)
    way = {"next": 1, "prev": -1}.get(posted.go, 0)
    return redirect("quizzes:question", attempt_id, max(1, posted.number + way))


def go_on_from_page(
    request, attempt_id: int, results: dict[int, SaveResult], hints: dict[int, str]
):
    """To the hand-in, or back to the page, saying what was kept and what needs a second look."""
    over = next((each.outcome for each in results.values() if each.outcome in IS_OVER), None)
    if over:
        messages.warning(request, SAID[over])
        return redirect("quizzes:result", attempt_id)
    if hints:
        numbers = "、".join(str(index + 1) for index in sorted(hints))
        text = _("答案已保存。第 %s 题下面有提醒，请再看一看，再交卷。")
        messages.warning(request, text % numbers)
        return redirect("quizzes:resume", attempt_id)
    if request.POST.get("go") == "finish":
        return redirect("quizzes:confirm", attempt_id)
    messages.success(request, _("答案已保存。"))
    return redirect("quizzes:resume", attempt_id)
