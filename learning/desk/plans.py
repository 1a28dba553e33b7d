"""Which plans a desk page is about: tasks, quizzes and periods that concern her places."""

from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Case, F, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from federations.desk.access import Desk
from federations.models import Federation
from federations.models.federation import subtree_range
from federations.scope import LOOKERS
from learning.models import Plan, PlanKind, Reach
from learning.people import Spot
from learning.queries_plans import in_staff_scope
from members.converters import read_number
from members.prepared import Prepared

VIEWS = ("subtree", "own")
# Nobody scrolls through more.
MOST = 20


def seen_boards(member):
    """Everything that has standings and reaches her places, or was set below them."""
    boards = Plan.boards.select_related("federation")
    return boards if member.is_superuser else boards.filter(in_staff_scope(member, roles=LOOKERS))


def reaching(place: Federation) -> Q:
    """A filter: plans that ask the place's people, so that the place has a figure in them."""
    above = Q(federation__path__in=place.paths_down_to_here, reach=Reach.SUBTREE)
    return above | Q(federation=place)


def tasks_at(desk: Desk, now):
    """Running tasks of the place, by cut-off, those without one last."""
    tasks = seen_boards(desk.member).filter(reaching(desk.place), kind=PlanKind.TASK).running(now)
    return tasks.order_by("cutoff_at", "-is_default", "pk")


@dataclass(frozen=True)
class Choice:
    """What a list is about, and what it can be about here."""

    spot: Spot
    plans: list[Plan]


def asked_spot(desk: Desk, data) -> Spot | None:
    """The plan, place and view that an address or form asks for; the default one where it is
    silent, None where there is none at all. Raises Http404 for what is not hers."""
    choice = read_choice(desk, data)
    return choice and choice.spot


def read_choice(desk: Desk, data) -> Choice | None:
    """`asked_spot`, with the newest MOST of what a list can be about at the place. One query."""
    text = data.get("plan")
    number = read_number(text) if text else None
    found = choices_at(desk.place, number or 0)
    if text:
        plan = next((each for each in found if each.pk == number), None)
    else:
        plan = next((each for each in found if each.kind == PlanKind.TASK), None)
        if plan is None:
            return None
    spot = plan and Spot.find(plan, desk.place, read_view(data))
    if not spot:
        raise Http404
    listed = sorted(found, key=attrgetter("turn"))[:MOST]
    return Choice(spot, listed if plan in listed else [plan, *listed])


def read_view(data) -> str:
    return data.get("view") if data.get("view") in VIEWS else VIEWS[0]


def choices_at(place: Federation, asked: int) -> list[Plan]:
    """What a list can be about here: the asked one, then the newest, tasks before what the clock
    keeps; `turn` is the place among all.

    The place is hers, so nobody asks for her scope again: what reaches the place reaches into it,
    and what was set below the place was set in it.
    """
    low, high = subtree_range(place.path)
    return _CHOICES.instances(asked=asked, low=low, high=high, paths=place.paths_down_to_here)


def _choices(asked: int, low: str, high: str, paths: list[str]) -> QuerySet:
    above = Q(federation__path__in=paths, reach=Reach.SUBTREE)
    below = Q(federation__path__range=(low, high))
    order = [F("is_default").desc(), F("kind").desc(), F("opens_at").desc(), F("pk").asc()]
    found = Plan.boards.select_related("federation").filter(above | below)
    found = found.annotate(
        is_asked=Case(When(pk=asked, then=1), default=0), turn=Window(RowNumber(), order_by=order)
    )
    return found.order_by("-is_asked", "turn")[: MOST + 1]


_CHOICES = Prepared(_choices, asked=int, low=str, high=str, paths=list[str])
