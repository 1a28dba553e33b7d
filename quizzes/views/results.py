"""The result of an attempt, with as much of it as the review rules allow now."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.domain.attempts import close_if_expired, review_obstacle, review_parts
from quizzes.domain.attempts.in_hand import questions_in_hand
from quizzes.domain.attempts.reviewing import is_over_for_all
from quizzes.models import Attempt, AttemptState, QuestionVersion, ReviewPart
from quizzes.modes import get_mode
from quizzes.presenting import places_seen, review_attempt, streak_of
from quizzes.queries_mistakes import question_tools
from quizzes.views.opening import her_attempt
from quizzes.wording import moment_text, score_text, spent_text


@require_safe
@never_cache
@login_required
def result(request, attempt_id):
    now = timezone.now()
    attempt = close_if_expired(attempt=her_attempt(request, attempt_id), now=now)
    if attempt.is_open:
        return redirect("quizzes:resume", attempt_id)
    return render(request, "pages/quizzes/result.html", result_context(attempt, now))


def result_context(attempt: Attempt, now) -> dict:
    # Asked once for both: it takes a query.
    is_over = is_over_for_all(attempt.quiz, now)
    parts = review_parts(attempt=attempt, now=now, is_over=is_over)
    is_voided = attempt.state == AttemptState.VOIDED
    shows_questions = bool(parts - {ReviewPart.MARKS}) and not is_voided
    return {
        "attempt": common_facts(attempt) | verdict(attempt, parts),
        "reviews": reviews(attempt, parts) if shows_questions else [],
        "reviews_title": _("逐题讲解") if ReviewPart.EXPLANATIONS in parts else _("逐题看"),
        "review_note": review_obstacle(attempt=attempt, now=now, is_over=is_over) or "",
        "again_url": attempt.quiz.url if may_try_again(attempt, now) else "",
        "back_url": attempt.quiz.url,
        "board_url": "" if is_voided or attempt.needs_marking else reverse("learning:board"),
        "tab": "quizzes",
    }


def reviews(attempt: Attempt, parts) -> list[dict]:
    # Each question's own page lies below.
    page = reverse("quizzes:result", args=[attempt.pk])
    return [
        review | {"url": f"{page}{review['index']}/"}
        for review in review_attempt(attempt, parts, held=questions_in_hand(attempt.member_id))
    ]


@require_safe
@never_cache
@login_required
def reviewed(request, attempt_id, number):
    """One question of a result, with what she can do about it: keep it, note, report."""
    attempt = her_attempt(request, attempt_id)
    if attempt.state != AttemptState.SUBMITTED:
        raise Http404
    parts = review_parts(attempt=attempt, now=timezone.now())
    if not parts - {ReviewPart.MARKS}:
        return redirect("quizzes:result", attempt_id)
    if number - 1 not in places_seen(attempt):
        raise Http404
    held = questions_in_hand(attempt.member_id)
    (review,) = review_attempt(attempt, parts, only=number - 1, held=held)
    version = QuestionVersion(pk=review["version_id"], question_id=review["question_id"])
    context = {
        "title": attempt.quiz.title,
        "review": review,
        "tools": question_tools(request.user, [version])[version.pk],
        "back_url": f"{reverse('quizzes:result', args=[attempt_id])}#r{number}",
        "tab": "quizzes",
    }
    return render(request, "pages/quizzes/reviewed.html", context)


def common_facts(attempt: Attempt) -> dict:
    return {
        "id": attempt.pk,
        "title": attempt.quiz.title,
        "number_of_questions": attempt.question_count,
        "time_text": spent_text(attempt.started_at, attempt.submitted_at)
        if attempt.submitted_at
        else "",
        "submitted_text": moment_text(attempt.submitted_at) if attempt.submitted_at else "",
        "is_auto": attempt.is_auto_submitted,
    }


def verdict(attempt: Attempt, parts) -> dict:
    """The big word on top, and the sentences around it: `eyebrow`, `big`, `text`, `right_text`."""
    if attempt.state == AttemptState.VOIDED:
        return {
            "eyebrow": _("答卷记录"),
            "big": _("已作废"),
            "text": _("这份答卷已经作废，不计成绩。"),
        }
    if attempt.needs_marking:
        return {
            "eyebrow": _("认真答完就是收获"),
            "big": _("待阅卷"),
            "text": _("有的题要老师来评，评完就能看到成绩。"),
        }
    if ReviewPart.MARKS not in parts:
        return {
            "eyebrow": _("认真答完就是收获"),
            "big": _("已交卷"),
            "text": _("答案都收到了。"),
        } | right_text(attempt, parts)
    how = streak_verdict if get_mode(attempt.mode).ends_on_miss else score_verdict
    return how(attempt, parts) | right_text(attempt, parts)


def right_text(attempt: Attempt, parts) -> dict:
    if ReviewPart.CORRECTNESS not in parts:
        return {}
    right = sum(state == "right" for _fraction, state in attempt.marks)
    facts = {"right": right, "all": attempt.question_count}
    return {"right_text": _("答对 %(right)d / %(all)d 题") % facts}


def score_verdict(attempt: Attempt, parts) -> dict:
    facts = {"big": score_text(attempt.score_bp), "passed": attempt.has_passed}
    if not attempt.has_passed:
        can_learn = ReviewPart.EXPLANATIONS in parts
        text = _("%d 分及格，别灰心，看看讲解") if can_learn else _("%d 分及格，别灰心")
        text %= attempt.pass_mark
        return facts | {"eyebrow": _("认真答完就是收获"), "text": text}
    if attempt.score_bp >= attempt.quiz.excellent_mark * 100:
        return facts | {"eyebrow": _("答得真好！"), "text": _("优秀")}
    return facts | {"eyebrow": _("答得好！"), "text": _("及格了")}


def streak_verdict(attempt: Attempt, parts) -> dict:
    streak, can_learn = streak_of(attempt), ReviewPart.EXPLANATIONS in parts
    if streak == attempt.question_count:
        text, eyebrow = _("全部答对，闯关成功"), _("太厉害了！")
    else:
        text = _("看看讲解，再来挑战") if can_learn else _("再来挑战一次")
        eyebrow = _("这一轮到这里")
    return {"eyebrow": eyebrow, "big": _("连对 %d 题") % streak, "text": text, "passed": True}


def may_try_again(attempt: Attempt, now) -> bool:
    """Whether to offer it; the quiz's own page knows all the rules and says what is missing."""
    quiz = attempt.quiz
    is_closed = quiz.closes_at and now >= quiz.closes_at
    has_more = not quiz.rules.keeps_limits or quiz.attempts_allowed != 1
    return not is_closed and not attempt.day and has_more
