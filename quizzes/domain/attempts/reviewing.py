"""What a member may see of an attempt now."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext as _

from quizzes.models import Attempt, AttemptState, QuizOverride, QuizPage, ReviewPart, ReviewPhase
from quizzes.models.parts import RIGHT_AFTER_SECONDS
from quizzes.modes import get_mode
from quizzes.wording import moment_text

NOTHING: frozenset[ReviewPart] = frozenset()


def review_parts(
    *, attempt: Attempt, now: datetime, is_over: bool | None = None
) -> frozenset[ReviewPart]:
    """The parts that she may see now. While the attempt is open, only of checked answers.

    `is_over` of the quiz, where the caller has asked `is_over_for_all` already.
    """
    phase = review_phase(attempt, now, is_over=is_over)
    return _parts_in(attempt.quiz, phase) if phase else NOTHING


def review_phase(
    attempt: Attempt, now: datetime, *, is_over: bool | None = None
) -> ReviewPhase | None:
    """None: nothing is to be seen, whatever the quiz says."""
    if attempt.is_open:
        return ReviewPhase.DURING if get_mode(attempt.mode).checks_at_once else None
    if not attempt.is_submitted:
        return None
    if now < attempt.submitted_at + timedelta(seconds=RIGHT_AFTER_SECONDS):
        return ReviewPhase.RIGHT_AFTER
    if is_over is None:
        is_over = is_over_for_all(attempt.quiz, now)
    return ReviewPhase.AFTER_CLOSE if is_over else ReviewPhase.LATER


def review_obstacle(*, attempt: Attempt, now: datetime, is_over: bool | None = None) -> str | None:
    """Why she sees nothing, or not everything yet, in Chinese; None when no more will come."""
    if attempt.is_open:
        return _("交卷后才能看答案。")
    if not attempt.is_submitted:
        return _("这份答卷已经作废。")
    quiz, phase = attempt.quiz, review_phase(attempt, now, is_over=is_over)
    seen = _parts_in(quiz, phase)
    if phase is ReviewPhase.RIGHT_AFTER and _parts_in(quiz, ReviewPhase.LATER) - seen:
        return _("过两分钟再来，可以看到更多。")
    is_waiting = phase is not ReviewPhase.AFTER_CLOSE and quiz.closes_at is not None
    if is_waiting and (coming := _parts_in(quiz, ReviewPhase.AFTER_CLOSE) - seen):
        return _name_waiting(quiz, coming, now)
    return None if seen else _("这份测验不公布答案。")


def _name_waiting(quiz: QuizPage, coming: frozenset[ReviewPart], now: datetime) -> str:
    names = "、".join(str(part.label) for part in ReviewPart if part in coming)
    closes_at = last_closing(quiz)
    if now >= closes_at:
        return _("还有人在答题，大家都交卷后可以看%s。") % names
    return _("测验 %(moment)s 截止，截止后可以看%(parts)s。") % {
        "moment": moment_text(closes_at),
        "parts": names,
    }


def _parts_in(quiz: QuizPage, phase: ReviewPhase) -> frozenset[ReviewPart]:
    return frozenset(map(ReviewPart, quiz.review_parts(phase)))


def last_closing(quiz: QuizPage) -> datetime | None:
    """The closing for the last of all: some have a later one of their own."""
    if quiz.closes_at is None:
        return None
    others = QuizOverride.objects.filter(quiz=quiz).aggregate(last=Max("closes_at"))["last"]
    return max(filter(None, [quiz.closes_at, others]))


def is_over_for_all(quiz: QuizPage, now: datetime) -> bool:
    return quiz.pk in quizzes_over([quiz], now)


def quizzes_over(quizzes: Iterable[QuizPage], now: datetime) -> set[int]:
    """Ids of those that are closed for everybody, and that nobody still writes: a closing moved
    forward does not end the attempts that were started before.

    One query for any number of quizzes; none while all of them are open.
    """
    closed = [quiz.pk for quiz in quizzes if quiz.closes_at and quiz.closes_at <= now]
    if not closed:
        return set()
    later = QuizOverride.objects.filter(quiz=OuterRef("pk"), closes_at__gt=now)
    writing = Attempt.objects.filter(
        Q(accepts_until=None) | Q(accepts_until__gt=now),
        quiz=OuterRef("pk"),
        state=AttemptState.OPEN,
    )
    over = QuizPage.objects.filter(~Exists(later), ~Exists(writing), pk__in=closed)
    return set(over.values_list("pk", flat=True))
