"""A plan at a place: the people whom a figure of a board is about."""

from dataclasses import dataclass
from functools import cached_property

from federations.models import Federation
from federations.models.federation import subtree_range
from learning.audience import TEAMS, audience_of, limited_teams_sql, path_range
from learning.models import Plan, Standing
from members.prepared import Prepared


@dataclass(frozen=True)
class Spot:
    """`view`: own (the federation's own team) or subtree (everything below, itself included).

    The plan reaches the federation: see `Spot.find`.
    """

    plan: Plan
    federation: Federation
    view: str

    @classmethod
    def find(cls, plan: Plan, place: Federation, view: str) -> "Spot | None":
        """What the plan is at the place: at its own federation, where that lies further down.

        None where the plan and the place have nothing in common.
        """
        top = plan.federation
        if not place.path.startswith(top.path):
            return cls(plan, top, view) if top.path.startswith(place.path) else None
        low, high = path_range(plan)
        return cls(plan, place, view) if low <= place.path <= high else None

    @cached_property
    def standing(self) -> Standing:
        """What the board shows here; an empty row when nothing has been counted yet."""
        found = _STANDING.instances(plan=self.plan.pk, federation=self.federation.pk)
        return found[0] if found else Standing(plan=self.plan, federation=self.federation)

    @property
    def asks_own_team(self) -> bool:
        place = self.federation
        return audience_of(self.plan).reaches_team(path=place.path, level=place.level)

    @property
    def teams(self) -> tuple[str, list]:
        """The teams' ids or a subquery of them, with its parameters.

        One team goes in as its id: the database then plans the statement once for every place.
        """
        if self.view == "own":
            return "%s", [self.federation.pk]
        low, high = subtree_range(self.federation.path)
        return counted_teams_sql(self.plan, (low, min(high, path_range(self.plan)[1])))


_STANDING = Prepared(
    lambda plan, federation: Standing.objects.filter(plan=plan, federation=federation),
    plan=int,
    federation=int,
)


def counted_teams_sql(plan: Plan, paths: tuple[str, str]) -> tuple[str, list]:
    """The same, of the teams between two tree paths that lie in the plan's own range.

    The roster of a frozen plan holds none but who was due; its teams may be on another level since.
    """
    return (TEAMS, [*paths]) if plan.is_frozen else limited_teams_sql(plan, paths)
