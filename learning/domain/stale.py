"""Marking standings stale: one statement for any number of members."""

from datetime import datetime

from django.db import connection
from django.utils.timezone import localdate

from learning.audience import REACHES

# An event counts for the plans that hold its page, and for the periods that it falls into.
MARK_STALE = """
INSERT INTO learning_stalestanding (plan_id, federation_id)
SELECT DISTINCT p.id, f.id
FROM (
    SELECT plan_id FROM learning_planitem WHERE page_id IN ({pages})
    UNION ALL
    SELECT id FROM learning_plan WHERE kind = 'period' AND frozen_at IS NULL AND opens_at <= %s
) asked
JOIN learning_plan p ON p.id = asked.plan_id
JOIN federations_federation o ON o.id = p.federation_id
JOIN federations_appointment a ON a.member_id IN ({members})
JOIN federations_federation f ON f.id = a.federation_id
WHERE p.frozen_at IS NULL {in_time}
  AND a.is_counted AND a.starts_on <= %s AND (a.ends_on IS NULL OR a.ends_on >= %s)
  AND {reaches}
"""
IN_TIME = "AND (p.cutoff_at IS NULL OR p.cutoff_at >= %s)"


def mark_stale(
    *, member_ids: list[int], page_ids: list[int], now: datetime, every_plan: bool = False
) -> None:
    """Mark the members' cells in every plan that holds one of the pages and still counts, and in
    the periods that run.

    An event counts for plans whose cut-off is not before it; with `every_plan`, what is told anew
    may have happened at any time, so all plans that are not frozen are marked.
    """
    if not member_ids:
        return
    today, moment = localdate(now), connection.ops.adapt_datetimefield_value(now)
    # No page has the id 0.
    pages = page_ids or [0]
    sql = MARK_STALE.format(
        pages=", ".join(["%s"] * len(pages)),
        members=", ".join(["%s"] * len(member_ids)),
        in_time="" if every_plan else IN_TIME,
        reaches=REACHES,
    )
    moments = [] if every_plan else [moment]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*pages, moment, *member_ids, *moments, today, today])
