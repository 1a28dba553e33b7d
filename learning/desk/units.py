"""The units below a place with their standings in a plan."""

from collections.abc import Iterator

from federations.models import Federation
from learning.models import Standing
from learning.people import Spot


def unit_counts(spot: Spot) -> Iterator[tuple[Federation, Standing]]:
    """In the order of the tree; those where nobody is due are left out. One query."""
    below = Standing.objects.filter(
        plan=spot.plan, federation__parent=spot.federation, subtree_due__gt=0
    )
    for standing in below.select_related("federation").order_by("federation__path"):
        yield standing.federation, standing
