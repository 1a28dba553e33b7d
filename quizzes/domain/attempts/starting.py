"""Starting an attempt, or going on with the one that is open."""

from datetime import datetime, timedelta
from random import Random, SystemRandom

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from learning.domain.progress import start_page
from members.models import Member
from quizzes.domain.attempts.drawing import draw_layout
from quizzes.domain.attempts.errors import AttemptRefused
from quizzes.domain.attempts.submitting import submit_attempt
from quizzes.models import Attempt, AttemptState, QuizPage
from quizzes.wording import moment_text


def start_attempt(
    *, member: Member, quiz: QuizPage, now: datetime, rng: Random | None = None
) -> Attempt:
    """Return the member's open attempt at the quiz, starting one when there is none.

    Two starts at once end in one attempt. Raises AttemptRefused outside the quiz's window and
    when no attempt is left.
    """
    if (running := _running_attempt(member, quiz, now)) is not None:
        return running
    used = count_attempts(member, quiz)
    if obstacle := find_obstacle(quiz=quiz, used=used, now=now):
        raise AttemptRefused(obstacle)
    layout = draw_layout(quiz=quiz, rng=rng or SystemRandom())
    try:
        return _create(member, quiz, layout, used + 1, now)
    except IntegrityError:
        return _attempt_of_the_other_start(member, quiz)


def count_attempts(member: Member, quiz: QuizPage) -> int:
    return Attempt.objects.filter(member=member, quiz=quiz).count()


def find_obstacle(*, quiz: QuizPage, used: int, now: datetime) -> str | None:
    """Why no attempt can follow the `used` ones, in Chinese; None when one can."""
    if quiz.opens_at and now < quiz.opens_at:
        return _("测验还没有开始，开放时间是 %s。") % moment_text(quiz.opens_at)
    if quiz.closes_at and now >= quiz.closes_at:
        return _("测验已经在 %s 截止。") % moment_text(quiz.closes_at)
    if quiz.attempts_allowed and used >= quiz.attempts_allowed:
        return _("%d 次机会已经用完，成绩取最高一次。") % quiz.attempts_allowed
    return None


def _running_attempt(member: Member, quiz: QuizPage, now: datetime) -> Attempt | None:
    attempt = Attempt.objects.filter(member=member, quiz=quiz, state=AttemptState.OPEN).first()
    if attempt and attempt.deadline and attempt.deadline <= now:
        submit_attempt(attempt_id=attempt.pk, member=member, now=now)
        return None
    return attempt


def _attempt_of_the_other_start(member: Member, quiz: QuizPage) -> Attempt:
    """Of two starts at once the other came first; its attempt is hers to go on with."""
    attempt = Attempt.objects.filter(member=member, quiz=quiz, state=AttemptState.OPEN).first()
    if attempt is None:
        raise AttemptRefused(_("刚才已经答过一次了，请刷新页面看看。"))
    return attempt


@transaction.atomic
def _create(
    member: Member, quiz: QuizPage, layout: list[dict], number: int, now: datetime
) -> Attempt:
    """The number comes from the count that the limit was checked with: it can be taken once."""
    attempt = Attempt.objects.create(
        member=member,
        quiz=quiz,
        number=number,
        question_count=len(layout),
        layout=layout,
        started_at=now,
        deadline=set_deadline(quiz, now),
    )
    start_page(member=member, page_id=quiz.pk, now=now)
    return attempt


def set_deadline(quiz: QuizPage, now: datetime) -> datetime | None:
    """The earlier of the time limit's end and the quiz's closing; None without either."""
    ends = [quiz.closes_at] if quiz.closes_at else []
    if quiz.time_limit:
        ends.append(now + timedelta(minutes=quiz.time_limit))
    return min(ends, default=None)
