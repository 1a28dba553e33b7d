"""Who is due changes with the roster: every plan that reaches there must be recounted."""

from django.db import transaction

from federations.models import Federation, RosterChange
from learning.audience import audience_of
from learning.models import Plan, StaleStanding

CHANGES_PER_RUN = 500


@transaction.atomic
def take_in_roster_changes() -> int:
    """Turn notes of changed rosters into stale marks; returns how many notes were taken."""
    notes = dict(
        RosterChange.objects.select_for_update(skip_locked=True)
        .order_by("pk")
        .values_list("pk", "federation_id")[:CHANGES_PER_RUN]
    )
    if not notes:
        return 0
    StaleStanding.objects.bulk_create(_marks(set(notes.values())), batch_size=500)
    RosterChange.objects.filter(pk__in=list(notes)).delete()
    return len(notes)


def _marks(federation_ids: set[int]):
    # Closed ones too, until they are frozen: a correction of a date may reach back.
    plans = Plan.objects.filter(frozen_at=None).select_related("federation")
    audiences = {plan.pk: audience_of(plan) for plan in plans}
    places = Federation.objects.filter(pk__in=federation_ids).values_list("pk", "path", "level")
    for federation_id, path, level in places:
        for plan_id, audience in audiences.items():
            if audience.reaches_team(path=path, level=level):
                yield StaleStanding(plan_id=plan_id, federation_id=federation_id)
