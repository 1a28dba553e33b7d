"""Who may do what to plans, and which plans staff see.

Managers change the plans of their own federation and those below. They and viewers also see how far
their people have come with these plans and with those from above: federations.scope. Who has
learned what is no business of editors and examiners.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404

from federations.admin_views import StaffPolicy
from federations.admin_views.policies import ALL_ROLES, MANAGERS
from federations.models import Federation
from federations.scope import LOOKERS, staff_federations, staff_paths, within_paths
from learning.audience import path_range
from learning.models import Plan
from learning.queries_plans import in_staff_scope

PLAN_POLICY = StaffPolicy(
    Plan,
    roles_by_action={"view": ALL_ROLES} | dict.fromkeys(["add", "change", "delete"], MANAGERS),
)


PROGRESS_POLICY = StaffPolicy(Plan, roles_by_action={"view": LOOKERS})


def seen_plans(user):
    """Plans whose progress she sees, of her people."""
    plans = Plan.objects.select_related("federation")
    return plans if user.is_superuser else plans.filter(in_staff_scope(user, roles=LOOKERS))


def managed_plans(user):
    """Plans that she may change."""
    plans = Plan.objects.select_related("federation")
    if user.is_superuser:
        return plans
    return plans.filter(within_paths("federation__path", staff_paths(user, roles=MANAGERS)))


def find_plan(plans, pk: int) -> Plan:
    """Out of her scope it does not exist."""
    return get_object_or_404(plans, pk=pk)


def seen_places(user, plan: Plan, *, roles=LOOKERS):
    """Federations within the plan's reach whose people she sees (or, by `roles`, looks after)."""
    return staff_federations(user, roles=roles).filter(path__range=path_range(plan))


def find_place(user, plan: Plan, pk: int | None, *, roles=LOOKERS) -> Federation:
    """The federation that is asked for, else the highest that she sees. Raises Http404."""
    places = seen_places(user, plan, roles=roles).order_by("depth", "path")
    place = places.filter(pk=pk).first() if pk else places.first()
    if place is None:
        raise Http404
    return place


def top_places(user, plan: Plan) -> list[Federation]:
    """Where her scope in the plan begins; several when she holds several roles."""
    if user.is_superuser:
        return [plan.federation]
    return list(seen_places(user, plan).filter(path__in=_tops(user, plan)).order_by("path"))


def _tops(user, plan: Plan) -> list[str]:
    paths = staff_paths(user, roles=LOOKERS)
    root = plan.federation.path
    # A role above the plan's own federation sees the whole plan.
    return [path if path.startswith(root) else root for path in paths]
