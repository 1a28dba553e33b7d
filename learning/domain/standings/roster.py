"""Who is due changes with the roster: every plan that reaches there must be recounted."""

from django.db import transaction

from federations.models import RosterChange
from learning.audience import REACHES_TEAM
from learning.domain.standings.rows import among, bind, execute

CHANGES_PER_RUN = 5000
# Closed plans too, until they are frozen: a correction of a date may reach back.
MARK_TEAMS = f"""
INSERT INTO learning_stalestanding (plan_id, federation_id)
SELECT p.id, f.id
FROM learning_plan p
JOIN federations_federation o ON o.id = p.federation_id
JOIN federations_federation f ON f.id IN (:teams)
WHERE p.frozen_at IS NULL AND {REACHES_TEAM}
"""  # noqa: S608 our own text


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
    execute(bind(MARK_TEAMS, {"teams": among(sorted(set(notes.values())))}))
    execute(bind(REMOVE_NOTES, {"notes": among(list(notes))}))
    return len(notes)


REMOVE_NOTES = "DELETE FROM federations_rosterchange WHERE id IN (:notes)"
