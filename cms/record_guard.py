"""Triggers that let rows be added to the record of the reviews and nothing else.

Emptying a database (Django's `flush`, in the tests) has to lift them first.
"""

TABLE = "cms_reviewrecord"
REFUSED = "the record of the reviews is only added to"

SQLITE = {
    "update": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "delete": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    # INSERT OR REPLACE takes the old row away without asking the trigger above.
    "replace": (
        f"BEFORE INSERT ON {TABLE} WHEN NEW.id IN (SELECT id FROM {TABLE}) "  # noqa: S608 constants
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
}
FUNCTION = f"{TABLE}_refuse"
POSTGRESQL = {
    "update": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
    "truncate": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
}


def guard(connection) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
            )
        for name, action in _triggers(connection).items():
            cursor.execute(f"CREATE TRIGGER {TABLE}_{name} {action}")


def lift(connection) -> None:
    """Take the triggers away; harmless when there are none."""
    place = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}{place}")
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}()")


def _triggers(connection) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
