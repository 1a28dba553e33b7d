"""Who is due changes with the roster: every plan that reaches there must be recounted."""

from datetime import datetime

from django.db import transaction

from federations.models import Federation, RosterChange
from learning.models import Plan, StaleStanding

CHANGES_PER_RUN = 500


@transaction.atomic
def take_in_roster_changes(*, now: datetime) -> int:
    """Turn notes of changed rosters into stale marks; returns how many notes were taken."""
    notes = dict(
        RosterChange.objects.select_for_update(skip_locked=True)
        .order_by("pk")
        .values_list("pk", "federation_id")[:CHANGES_PER_RUN]
    )
    if not notes:
        return 0
    StaleStanding.objects.bulk_create(_marks(set(notes.values()), now), batch_size=500)
    RosterChange.objects.filter(pk__in=list(notes)).delete()
    return len(notes)


def _marks(federation_ids: set[int], now: datetime):
    plans = list(Plan.objects.counting(now).values_list("pk", "federation__path"))
    places = Federation.objects.filter(pk__in=federation_ids).values_list("pk", "path")
    for federation_id, path in places:
        for plan_id, root in plans:
            if path.startswith(root):
                yield StaleStanding(plan_id=plan_id, federation_id=federation_id)
