"""What the screens of an attempt show: the page of all questions, the single question, the end."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.domain.attempts import (
    deadline_reason,
    grade_response,
    is_saved,
    review_parts,
    standins_of,
)
from quizzes.domain.attempts.in_hand import exam_in_hand, questions_in_hand
from quizzes.models import Attempt
from quizzes.modes import get_mode
from quizzes.presenting import (
    answered_indexes,
    is_checked,
    present_question,
    present_questions,
    review_question,
    versions_with_pages,
)
from quizzes.queries_mistakes import question_tools
from quizzes.wording import clock_text


def shows_all(attempt: Attempt) -> bool:
    """All questions on one page; otherwise one at a time comes from the server."""
    return not get_mode(attempt.mode).checks_at_once and not attempt.quiz.is_sequential


def attempt_facts(attempt: Attempt, answered: set[int]) -> dict:
    return {
        "id": attempt.pk,
        "title": attempt.quiz.title,
        "number_of_questions": attempt.question_count,
        "answered_count": len(answered),
        "deadline_iso": attempt.deadline.isoformat() if attempt.deadline else "",
        "deadline_text": deadline_text(attempt),
        "server_now_ms": round(timezone.now().timestamp() * 1000),
        "save_url": reverse("quizzes:answer", args=[attempt.pk]),
        "batch_url": reverse("quizzes:answers", args=[attempt.pk]),
        "submit_url": reverse("quizzes:submit", args=[attempt.pk]),
        "back_url": attempt.quiz.url,
        "is_sequential": attempt.quiz.is_sequential,
    }


def deadline_text(attempt: Attempt) -> str:
    """Which limit the clock follows, and when it is over."""
    reason = deadline_reason(attempt=attempt)
    at = clock_text(attempt.deadline) if attempt.deadline else ""
    return _("%(reason)s，%(at)s 到时自动交卷") % {"reason": reason, "at": at} if reason else ""


def hand_in_facts(attempt: Attempt, answered: set[int], *, back_url: str) -> dict:
    page = reverse("quizzes:resume", args=[attempt.pk])
    # As `question_url`, with one look-up instead of one for each.
    place = f"{page}#q{{}}" if shows_all(attempt) else f"{page}{{}}/"
    return {
        "back_url": back_url,
        "unanswered": [
            {"number": number, "url": place.format(number)}
            for number in all_numbers(attempt)
            if number - 1 not in answered
        ],
        "can_go_back": not attempt.quiz.is_sequential,
    }


def all_numbers(attempt: Attempt) -> range:
    return range(1, attempt.question_count + 1)


def question_url(attempt: Attempt, number: int) -> str:
    """Where a question is: a place on the page of all, or a page of its own."""
    if shows_all(attempt):
        return f"{reverse('quizzes:resume', args=[attempt.pk])}#q{number}"
    return reverse("quizzes:question", args=[attempt.pk, number])


def page_context(attempt: Attempt) -> dict:
    """All questions on one page."""
    answered = answered_indexes(attempt)
    missing = set(range(attempt.question_count)) - answered
    first = min(missing, default=0) + 1
    questions = present_questions(attempt)
    return {
        "attempt": attempt_facts(attempt, answered) | {"first": first},
        "questions": questions,
        "scripts": sorted({script for each in questions for script in each["scripts"]}),
        "steps": [
            {"number": number, "url": f"#q{number}", "answered": number - 1 in answered}
            for number in all_numbers(attempt)
        ],
        "hand_in": hand_in_facts(attempt, answered, back_url="#q1"),
        "tab": "quizzes",
    }


def question_context(attempt: Attempt, number: int, member) -> dict:
    """One question; in a mode that judges at once it may be judged already."""
    index, answered, mode = number - 1, answered_indexes(attempt), get_mode(attempt.mode)
    pk = attempt.layout[index]["v"]
    version = versions_with_pages([pk])[pk]
    can_jump = not attempt.quiz.is_sequential and not mode.ends_on_miss
    ways = ways_on(attempt, number, can_jump=can_jump)
    shown = present_question(attempt, index, version)
    context = {
        "attempt": attempt_facts(attempt, answered) | ways | {"index": number},
        "scripts": shown["scripts"],
        "mode": mode,
        "steps": _steps(attempt, number, answered),
        "shows_numbers": can_jump,
        "question": shown,
        "saved": index in answered,
        # Where a miss ends it, all that were judged so far were right.
        "streak": sum(is_checked(attempt, each) for each in range(attempt.question_count)),
        "tab": "quizzes",
    }
    if mode.checks_at_once and index in answered and not is_checked(attempt, index):
        # Saved and not judged: another exam that she is writing asks it too.
        context["held_by"] = exam_in_hand(attempt.member_id, version.question_id)
    if is_checked(attempt, index):
        context["review"] = _checked(attempt, index, version)
        context["tools"] = question_tools(member, [version])[version.pk]
    return context


def ways_on(attempt: Attempt, number: int, *, can_jump: bool) -> dict:
    """Addresses of the neighbours; empty where there is none to go to."""
    has_next = number < attempt.question_count
    return {
        "previous_url": question_url(attempt, number - 1) if can_jump and number > 1 else "",
        "next_url": question_url(attempt, number + 1) if has_next else "",
        "confirm_url": reverse("quizzes:confirm", args=[attempt.pk]),
    }


def _steps(attempt: Attempt, current: int, answered: set[int]) -> list[dict]:
    return [
        {
            "number": number,
            "url": reverse("quizzes:question", args=[attempt.pk, number]),
            "answered": number - 1 in answered,
            "current": number == current,
        }
        for number in all_numbers(attempt)
    ]


def _checked(attempt: Attempt, index: int, version) -> dict:
    is_held = version.question_id in questions_in_hand(attempt.member_id)
    parts = () if is_held else review_parts(attempt=attempt, now=timezone.now())
    standin = standins_of([version.pk]).get(version.pk)
    grade = grade_response(version, attempt.answers[f"q{index}"], standin=standin)
    return review_question(attempt, index, version, parts=parts, standin=standin, grade=grade)


def place_reached(attempt: Attempt) -> int:
    """In order only: the furthest place (from 0) that she has come to."""
    given = [index for index in range(attempt.question_count) if f"q{index}" in attempt.answers]
    return max(given, default=0)


def may_look_at(attempt: Attempt, number: int) -> bool:
    """Where the questions come in order: none beyond the next one, and none that has passed."""
    index = number - 1
    if get_mode(attempt.mode).ends_on_miss:
        return index <= first_unchecked(attempt)
    if not attempt.quiz.is_sequential:
        return True
    reached = place_reached(attempt)
    return index == reached or (index == reached + 1 and is_saved(attempt, reached))


def first_unchecked(attempt: Attempt) -> int:
    places = range(attempt.question_count)
    return next((each for each in places if not is_checked(attempt, each)), places[-1])


def number_to_answer(attempt: Attempt) -> int:
    """The question to go on with."""
    if get_mode(attempt.mode).ends_on_miss:
        return first_unchecked(attempt) + 1
    if attempt.quiz.is_sequential:
        return place_reached(attempt) + 1
    missing = set(range(attempt.question_count)) - answered_indexes(attempt)
    return min(missing, default=0) + 1
