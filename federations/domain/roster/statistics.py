"""Fresh statistics for the planner while an import multiplies the tables.

A database that analyses tables by itself does so minutes later or, switched off, never. With the
statistics of an empty table, looking up two thousand phones reads every member.
"""

from django.db import connection

from federations.models import Appointment, NameKey, RosterChange
from members.models import Member

GROWING = (Member, Appointment, NameKey, RosterChange)


def is_due(batch: int) -> bool:
    """After the first batch and whenever their number has doubled; `batch` counts from 0."""
    return batch & (batch + 1) == 0


def refresh_statistics() -> None:
    with connection.cursor() as cursor:
        for model in GROWING:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
