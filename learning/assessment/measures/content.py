"""What a federation and those below it published."""

from django.db.models import Count

from cms.kinds import written_kinds
from learning.assessment.measures.base import Ground, Values


def published_pages(ground: Ground) -> Values:
    """Pages of the subtree's federations that first went live in the period and still are.

    One query for each kind of page, however many units there are.
    """
    counts = ground.add_up(row for model in written_kinds() for row in _by_path(model, ground))
    return {unit: number for unit, (number,) in counts.items()}


def _by_path(model, ground: Ground):
    pages = model.objects.live().filter(
        ground.is_within("federation__"),
        first_published_at__gte=ground.since,
        first_published_at__lt=ground.until,
    )
    return pages.order_by().values_list("federation__path").annotate(Count("pk"))
