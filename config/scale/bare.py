"""Loading tables without their indexes, which takes a third of the time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction

from config.scale.words import is_postgresql, run

# Foreign keys and unique constraints; the primary key stays, it grows at its end only.
CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('f', 'u') ORDER BY contype DESC, conname
"""
INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = %s::regclass AND NOT i.indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype = 'u')
ORDER BY c.relname
"""


@contextmanager
def without_indexes(model: type[models.Model]) -> Iterator[None]:
    """One transaction: a load that is killed leaves the table as it was, its indexes included."""
    with transaction.atomic():
        if not is_postgresql():
            yield
            return
        # Inside a larger transaction, what was written before may wait for its foreign keys.
        connection.check_constraints()
        table = model._meta.db_table
        constraints, indexes = _read(CONSTRAINTS, table), _read(INDEXES, table)
        for name, _definition in constraints:
            run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _definition in indexes:
            run(f'DROP INDEX "{name}"')
        yield
        for _name, definition in indexes:
            run(definition.replace("%", "%%"))
        for name, definition in constraints:
            run(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _read(sql: str, table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [table])
        return cursor.fetchall()
