"""Marking standings stale: one statement for any number of members."""

from datetime import datetime

from django.db import connection
from django.utils.timezone import localdate

from learning.audience import REACHES

MARK_STALE = """
INSERT INTO learning_stalestanding (plan_id, federation_id)
SELECT DISTINCT p.id, f.id
FROM learning_planitem i
JOIN learning_plan p ON p.id = i.plan_id
JOIN federations_federation o ON o.id = p.federation_id
JOIN federations_appointment a ON a.member_id IN ({members})
JOIN federations_federation f ON f.id = a.federation_id
WHERE i.page_id = %s AND p.frozen_at IS NULL {in_time}
  AND a.is_counted AND a.starts_on <= %s AND (a.ends_on IS NULL OR a.ends_on >= %s)
  AND {reaches}
"""
IN_TIME = "AND (p.cutoff_at IS NULL OR p.cutoff_at >= %s)"


def mark_stale(
    *, member_ids: list[int], page_id: int, now: datetime, every_plan: bool = False
) -> None:
    """Mark the members' cells in every plan that holds the page and still counts.

    An event counts for plans whose cut-off is not before it; with `every_plan`, what is told anew
    may have happened at any time, so all plans that are not frozen are marked.
    """
    if not member_ids:
        return
    today = localdate(now)
    moments = [] if every_plan else [connection.ops.adapt_datetimefield_value(now)]
    sql = MARK_STALE.format(
        members=", ".join(["%s"] * len(member_ids)),
        in_time="" if every_plan else IN_TIME,
        reaches=REACHES,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*member_ids, page_id, *moments, today, today])
