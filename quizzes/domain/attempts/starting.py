"""Starting an attempt, or going on with the one that is open."""

import hashlib
from datetime import date, datetime
from random import SystemRandom

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from learning.domain.progress import start_page
from members.models import Member
from quizzes.domain.attempts.errors import AttemptRefused
from quizzes.domain.attempts.layouts import make_layout
from quizzes.domain.attempts.limits import accepts_until, deadline_for
from quizzes.domain.attempts.obstacles import (
    Footing,
    needs_password,
    obstacle_in,
    read_footing,
)
from quizzes.domain.attempts.passwords import check_password
from quizzes.domain.attempts.submitting import close_if_expired
from quizzes.models import Attempt, AttemptState, QuizPage

SEED_BITS = 63


def start_attempt(
    *,
    member: Member,
    quiz: QuizPage,
    now: datetime,
    password: str = "",
    seed: int | None = None,
) -> Attempt:
    """Return the member's open attempt at the quiz, starting one when there is none.

    Two starts at once end in one attempt. The same seed, candidates and last attempts give the
    same layout. Raises AttemptRefused with the reason in Chinese.
    """
    footing = read_footing(member=member, quiz=quiz, now=now)
    if footing.running_id:
        running = Attempt.objects.select_related("quiz").get(pk=footing.running_id)
        if close_if_expired(attempt=running, now=now).is_open:
            return running
        footing = read_footing(member=member, quiz=quiz, now=now)
    if obstacle := obstacle_in(footing, quiz, now):
        raise AttemptRefused(obstacle)
    if needs_password(quiz):
        check_password(quiz=quiz, member=member, password=password, now=now)
    attempt = _lay_out(member, quiz, footing, now, seed)
    try:
        _create(attempt, member)
    except IntegrityError:
        return _attempt_of_the_other_start(member, quiz)
    return attempt


def _lay_out(
    member: Member, quiz: QuizPage, footing: Footing, now: datetime, seed: int | None
) -> Attempt:
    """The number follows from the count that the limit was checked with: it can be taken once."""
    day = localdate(now) if quiz.rules.is_daily else None
    if seed is None:
        seed = daily_seed(member, quiz, day) if day else SystemRandom().getrandbits(SEED_BITS)
    layout = make_layout(quiz=quiz, seen=footing.layouts, seed=seed)
    deadline = deadline_for(quiz=quiz, rules=footing.rules, now=now)
    return Attempt(
        member=member,
        quiz=quiz,
        number=footing.last_number + 1,
        mode=quiz.mode,
        pass_mark=quiz.pass_mark,
        seed=seed,
        day=day,
        question_count=len(layout),
        layout=layout,
        started_at=now,
        deadline=deadline,
        accepts_until=accepts_until(quiz, deadline),
    )


def daily_seed(member: Member, quiz: QuizPage, day: date) -> int:
    """Each member's own questions of the day, the same however often it is computed."""
    digest = hashlib.sha256(f"{member.pk}:{quiz.pk}:{day.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:8]) >> (64 - SEED_BITS)


@transaction.atomic
def _create(attempt: Attempt, member: Member) -> None:
    attempt.save(force_insert=True)
    if attempt.number == 1:
        start_page(member=member, page_id=attempt.quiz_id, now=attempt.started_at)


def _attempt_of_the_other_start(member: Member, quiz: QuizPage) -> Attempt:
    """Of two starts at once the other came first; its attempt is hers to go on with."""
    attempt = Attempt.objects.filter(member=member, quiz=quiz, state=AttemptState.OPEN).first()
    if attempt is None:
        raise AttemptRefused(_("刚才已经答过一次了，请刷新页面看看。"))
    return attempt
