"""SQL that PostgreSQL and SQLite both understand, and the few words in which they differ."""

from collections.abc import Sequence

from django.core.management.color import no_style
from django.db import connection, models

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)"
ZONE_SECONDS = 8 * 3600


def run(sql: str, params: Sequence = ()) -> int:
    """Execute one statement; returns how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return cursor.rowcount


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def draw(seed: int, *numbers: str) -> str:
    """An expression for an integer from 0 below 2^31 - 1 that looks random; the same everywhere.

    Two rounds of multiplying modulo: `random()` has no seed on SQLite, and hashes differ.
    """
    primes = (2654435761, 2246822519)
    terms = [f"({number}) * {prime}" for number, prime in zip(numbers, primes, strict=False)]
    first = f"(({' + '.join([*terms, str(seed * 3266489917)])}) %% 4294967296)"
    return f"(({first} / 65536 * 48271 + {first} %% 65536 * 69621) %% 2147483647)"


def moment(seconds: str) -> str:
    """Seconds since 1970 as what the column of a DateTimeField holds."""
    if is_postgresql():
        return f"to_timestamp({seconds})"
    return f"datetime({seconds}, 'unixepoch')"


def local_day(column: str) -> str:
    """The day in Guangdong of a moment."""
    if is_postgresql():
        return f"({column} AT TIME ZONE 'Asia/Shanghai')::date"
    return f"date({column}, '+{ZONE_SECONDS} seconds')"


def reset_ids(*models_: type[models.Model]) -> None:
    """The next row gets an id above those that were given by hand."""
    for statement in connection.ops.sequence_reset_sql(no_style(), models_):
        run(statement)


def analyze() -> None:
    """PostgreSQL plans by statistics, and nobody else makes them right after a load. It answers out
    of an index alone once VACUUM has been there, which cannot run inside a transaction."""
    if is_postgresql():
        run("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")


def prepare_session() -> None:
    """More memory for sorting and for building indexes, and no wait for the disk at each commit."""
    if is_postgresql():
        for setting in (
            "work_mem = '64MB'",
            "maintenance_work_mem = '256MB'",
            "synchronous_commit = off",
            "jit = off",
        ):
            run(f"SET {setting}")
