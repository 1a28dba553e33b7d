"""Which plans a desk page is about: tasks, quizzes and periods that concern her places."""

from django.db.models import Q
from django.http import Http404

from federations.desk.access import Desk
from federations.models import Federation
from federations.models.federation import subtree_range
from federations.scope import LOOKERS
from learning.models import Plan, PlanKind, Reach
from learning.people import Spot
from learning.queries_plans import in_staff_scope
from members.converters import read_number

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


def choices_at(desk: Desk):
    """What a list can be about here: the newest first, tasks before what the clock keeps."""
    below = Q(federation__path__range=subtree_range(desk.place.path))
    found = seen_boards(desk.member).filter(reaching(desk.place) | below)
    return found.order_by("-is_default", "-kind", "-opens_at", "pk")


def asked_spot(desk: Desk, data) -> Spot | None:
    """The plan, place and view that an address or form asks for; the default one where it is
    silent, None where there is none at all. Raises Http404 for what is not hers."""
    view = data.get("view") if data.get("view") in VIEWS else VIEWS[0]
    text = data.get("plan")
    if not text:
        plan = choices_at(desk).filter(kind=PlanKind.TASK).first()
        return plan and Spot.find(plan, desk.place, view)
    number = read_number(text)
    plan = number and seen_boards(desk.member).filter(pk=number).first()
    spot = plan and Spot.find(plan, desk.place, view)
    if not spot:
        raise Http404
    return spot
