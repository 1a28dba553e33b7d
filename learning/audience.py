"""Who is due in a plan: the one place, in the four shapes that are needed.

    audience_of     the pure rule, for one plan and Python
    due_in          a QuerySet of counted appointments, for one plan
    plans_reaching  a QuerySet filter of plans, for one member
    REACHES         SQL that joins many plans with many members
    REACHES_TEAM    SQL that joins many plans with many teams, whoever is in them

It always looks at the counted appointment. A plan for everybody in the subtree, the ordinary one,
adds no condition to the SQL of the standings.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet, Value

from federations.models import Appointment
from federations.models.federation import subtree_range
from learning.models import Plan, Reach
from learning.models.choices import MARK
from learning.rules.audience import Audience

# p: the plan, o: its federation, a: the counted appointment, f: where it is. A plan reaches down:
# its federation's path begins the path of the member's own.
REACHES_TEAM = """
    SUBSTR(f.path, 1, LENGTH(o.path)) = o.path
    AND (p.reach = 'subtree' OR f.id = o.id)
    AND (p.levels = '' OR p.levels LIKE '%%,' || f.level || ',%%')
"""
REACHES = f"""{REACHES_TEAM}
    AND (p.positions = '' OR p.positions LIKE '%%,' || a.position || ',%%')
"""
TEAMS = "SELECT id FROM federations_federation WHERE path BETWEEN %s AND %s"


def audience_of(plan: Plan) -> Audience:
    return Audience(
        path=plan.federation.path,
        is_own_only=plan.reach == Reach.OWN,
        levels=frozenset(plan.levels),
        positions=frozenset(plan.positions),
    )


def due_in(plan: Plan, on: date) -> QuerySet[Appointment]:
    """The counted appointments, in force on that date, of those who are due."""
    due = Appointment.objects.counted().in_force(on)
    due = due.filter(federation__path__range=path_range(plan))
    if plan.levels:
        due = due.filter(federation__level__in=plan.levels)
    return due.filter(position__in=plan.positions) if plan.positions else due


def plans_reaching(appointment: Appointment) -> Q:
    """Plans in which the holder of the counted appointment is due, whatever their window is."""
    return reaching_seat(**seat_values(appointment))


def seat_values(appointment: Appointment) -> dict:
    """What `reaching_seat` asks for; a query that is written once fills it in."""
    place = appointment.federation
    return {
        "paths": place.paths_down_to_here,
        "team": place.pk,
        "level": f"{MARK}{place.level}{MARK}",
        "position": f"{MARK}{appointment.position}{MARK}",
    }


# No plan reaches it.
NO_SEAT = {"paths": [""], "team": 0, "level": "", "position": ""}


def reaching_seat(*, paths: list[str], team: int, level: str, position: str) -> Q:
    """`plans_reaching`, of plain values: each is a parameter of the SQL as it is."""
    own = Q(reach=Reach.SUBTREE) | Q(federation=team)
    levels = Q(levels="") | Q(levels__contains=Value(level))
    positions = Q(positions="") | Q(positions__contains=Value(position))
    return Q(federation__path__in=paths) & own & levels & positions


def path_range(plan: Plan) -> tuple[str, str]:
    """First and last tree path whose teams may be due."""
    path = plan.federation.path
    return (path, path) if plan.reach == Reach.OWN else subtree_range(path)


def teams_sql(plan: Plan) -> tuple[str, list]:
    """A subquery of the ids of all teams that are due, with its parameters."""
    return limited_teams_sql(plan, path_range(plan))


def limited_teams_sql(plan: Plan, paths: tuple[str, str]) -> tuple[str, list]:
    """The same, of those between two tree paths that lie in the plan's own range."""
    level, chosen = _one_of("level", plan.levels)
    return f"{TEAMS}{level}", [*paths, *chosen]


def positions_sql(plan: Plan) -> tuple[str, list]:
    """A condition on the appointment `a`, with its parameters; nothing where all are due."""
    return _one_of("a.position", plan.positions)


def _one_of(column: str, values: Iterable) -> tuple[str, list]:
    values = list(values)
    return f" AND {column} IN ({', '.join(['%s'] * len(values))})" if values else "", values
