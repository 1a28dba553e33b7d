"""What a board may be about: tasks, quizzes, periods of time."""

from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from wagtail.models import get_page_models

from federations.seats import Seats
from learning.audience import NO_SEAT, reaching_seat, seat_values
from learning.models import Plan, PlanItem, PlanKind, PlanRosterEntry
from learning.queries_plans import concerning_paths, scope_values
from members.prepared import Prepared

# As many as fit a glance; the others are on the page of all.
NEWEST = 6


def boards_for(seats: Seats) -> QuerySet[Plan]:
    """Boards that she may read: those of quizzes and periods, and of tasks that concern her
    (learning.queries_plans.plans_for)."""
    return _boards_for(**_reader(seats))


def _reader(seats: Seats) -> dict:
    """What `_boards_for` asks for, as plain values: nothing, of one who may read all."""
    if seats.member.is_superuser:
        return {}
    seat = seat_values(seats.counted) if seats.counted else NO_SEAT
    return {"member": seats.member.pk} | seat | scope_values(seats.places())


def _boards_for(**reader) -> QuerySet[Plan]:
    boards = Plan.boards.select_related("federation", "previous")
    return boards.filter(_concerns(**reader) | ~Q(kind=PlanKind.TASK)) if reader else boards


def _concerns(*, member: int, above: list, lows: list, highs: list, **seat) -> Q:
    entries = PlanRosterEntry.objects.filter(plan=OuterRef("pk"), member=member)
    scope = concerning_paths(above=above, lows=lows, highs=highs)
    return reaching_seat(**seat) | scope | Exists(entries)


def all_boards(seats: Seats, *, kind: str, words: str, now: datetime) -> QuerySet[Plan]:
    """All of a kind whose titles hold the words, the newest first; a period once it has begun."""
    begun = ~Q(kind=PlanKind.PERIOD) | Q(opens_at__lte=now)
    found = boards_for(seats).filter(begun, kind=kind, title__contains=words)
    return found.order_by("-opens_at", "pk")


def find_subjects(seats: Seats, *, wanted: int | None, kind: str, now: datetime) -> list[Plan]:
    """The board that is wanted, first, and others of its kind: one query.

    Without one: those of `kind`, the default one first. A period comes with the one after it, and
    with those that are running.
    """
    reader = _reader(seats)
    query = _SUBJECTS_FOR if reader else _ALL_SUBJECTS
    # No plan is of the kind "", and none has the id 0.
    return query.instances(wanted=wanted or 0, kind="" if wanted else kind, now=now, **reader)


def _subjects(*, wanted: int, kind: str, now: datetime, **reader) -> QuerySet[Plan]:
    asked = Plan.boards.filter(pk=wanted)
    same_kind = Q(kind=Subquery(asked.values("kind")[:1])) | Q(kind=kind)
    running = Q(opens_at__lte=now) & (Q(cutoff_at__gt=now) | Q(previous=wanted))
    found = (
        _boards_for(**reader)
        .filter(same_kind & (~Q(kind=PlanKind.PERIOD) | running | Q(pk=wanted)))
        .annotate(has_quiz=has_quiz(), is_asked=Case(When(pk=wanted, then=1), default=0))
        .order_by("-is_asked", "-is_default", "-opens_at", "pk")
    )
    return found[: NEWEST + 1]


ASKED = {"wanted": int, "kind": str, "now": datetime}
SEAT = {"paths": list[str], "team": int, "level": str, "position": str}
SCOPE = dict.fromkeys(("above", "lows", "highs"), list[str])
_ALL_SUBJECTS = Prepared(_subjects, **ASKED)
_SUBJECTS_FOR = Prepared(_subjects, **ASKED, member=int, **SEAT, **SCOPE)


def has_quiz() -> Exists:
    """Whether a plan holds a page that yields a score."""
    scored = [model for model in get_page_models() if getattr(model, "is_scored", False)]
    # By name: ids would stay in a query that is written once.
    kinds = Q(pk__in=[])
    for meta in (model._meta for model in scored):
        kinds |= Q(
            page__content_type__app_label=meta.app_label, page__content_type__model=meta.model_name
        )
    return Exists(PlanItem.objects.filter(kinds, plan=OuterRef("pk")))


def offers_scores(plan: Plan) -> bool:
    """Whether 及格率, 优秀率 and 平均分 say anything; `plan` comes with `has_quiz`."""
    return plan.kind != PlanKind.TASK or plan.has_quiz
