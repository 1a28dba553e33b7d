"""What a board may be about: tasks, quizzes, periods of time."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from wagtail.models import get_page_models

from federations.seats import Seats
from learning.audience import plans_reaching
from learning.models import Plan, PlanItem, PlanKind, PlanRosterEntry
from learning.queries_plans import NOWHERE, concerning

# As many as fit a glance; the others are on the page of all.
NEWEST = 6


def boards_for(seats: Seats) -> QuerySet[Plan]:
    """Boards that she may read: those of quizzes and periods, and of tasks that concern her
    (learning.queries_plans.plans_for)."""
    boards = Plan.boards.select_related("federation", "previous")
    if seats.member.is_superuser:
        return boards
    due = plans_reaching(seats.counted) if seats.counted else NOWHERE
    entries = PlanRosterEntry.objects.filter(plan=OuterRef("pk"), member=seats.member)
    hers = due | concerning(seats.places()) | Exists(entries)
    return boards.filter(hers | ~Q(kind=PlanKind.TASK))


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
    asked = Plan.boards.filter(pk=wanted or 0)
    same_kind = Q(kind=Subquery(asked.values("kind")[:1])) if wanted else Q(kind=kind)
    running = Q(opens_at__lte=now) & (Q(cutoff_at__gt=now) | Q(previous=wanted or 0))
    found = (
        boards_for(seats)
        .filter(same_kind & (~Q(kind=PlanKind.PERIOD) | running | Q(pk=wanted or 0)))
        .annotate(has_quiz=has_quiz(), is_asked=Case(When(pk=wanted or 0, then=1), default=0))
        .order_by("-is_asked", "-is_default", "-opens_at", "pk")
    )
    return list(found[: NEWEST + 1])


def has_quiz() -> Exists:
    """Whether a plan holds a page that yields a score."""
    scored = [model for model in get_page_models() if getattr(model, "is_scored", False)]
    types = [ContentType.objects.get_for_model(model).pk for model in scored]
    items = PlanItem.objects.filter(plan=OuterRef("pk"), page__content_type__in=types)
    return Exists(items)


def offers_scores(plan: Plan) -> bool:
    """Whether 及格率, 优秀率 and 平均分 say anything; `plan` comes with `has_quiz`."""
    return plan.kind != PlanKind.TASK or plan.has_quiz
