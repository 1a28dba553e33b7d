"""An override that comes while people are writing: more time reaches them at once."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from federations.models import Appointment
from federations.scope import within_paths
from members.models import Member
from quizzes.domain.attempts.limits import accepts_until, deadline_for
from quizzes.domain.attempts.rules import merge_rules
from quizzes.domain.attempts.staff import make_extension
from quizzes.models import Attempt, AttemptEvent, AttemptState, QuizOverride

BATCH, PATH = 500, "federation__path"


@transaction.atomic
def redate_open_attempts(*, override: QuizOverride, by: Member, now: datetime) -> int:
    """Move the deadlines of the open attempts that the override decides; returns how many.

    Only to a later moment: nobody loses time that she was told she has. Call it in the transaction
    that saves the override.
    """
    rules = merge_rules(override.quiz, override)
    later = []
    for attempt in _open_attempts(override).order_by("pk").select_for_update(of=("self",)):
        deadline = deadline_for(quiz=override.quiz, rules=rules, now=attempt.started_at)
        if deadline is None or deadline > attempt.deadline:
            later.append((attempt, deadline))
    events = [
        make_extension(attempt, deadline, by=by, reason=override.reason, now=now)
        for attempt, deadline in later
    ]
    for attempt, deadline in later:
        attempt.deadline = deadline
        attempt.accepts_until = accepts_until(override.quiz, deadline)
    moved = [attempt for attempt, _deadline in later]
    Attempt.objects.bulk_update(moved, ["deadline", "accepts_until"], batch_size=BATCH)
    AttemptEvent.objects.bulk_create(events, batch_size=BATCH)
    return len(moved)


def _open_attempts(override: QuizOverride) -> QuerySet[Attempt]:
    """Those that have a deadline, of members for whom no other override comes first."""
    attempts = Attempt.objects.filter(
        quiz=override.quiz_id, state=AttemptState.OPEN, deadline__isnull=False
    ).only("started_at", "deadline")
    if override.member_id:
        return attempts.filter(member=override.member_id)
    others = QuizOverride.objects.filter(quiz=override.quiz_id).exclude(pk=override.pk)
    path = override.federation.path
    below = list(others.filter(federation__path__startswith=path).values_list(PATH, flat=True))
    own = others.filter(member__isnull=False).values("member")
    return (
        attempts.filter(member__in=_counted_at([path]))
        .exclude(member__in=own)
        .exclude(member__in=_counted_at(below))
    )


def _counted_at(paths: list[str]) -> QuerySet:
    counted = Appointment.objects.counted().in_force(localdate())
    return counted.filter(within_paths(PATH, paths)).values("member")
