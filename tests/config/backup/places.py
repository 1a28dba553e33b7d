"""Empty places to restore into, beside the tests' own database."""

from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection
from psycopg import sql


@contextmanager
def empty_database(folder: Path):
    """A connection to a new database without tables; it is gone afterwards."""
    place = _new_postgres() if connection.vendor == "postgresql" else folder / "restored.sqlite3"
    other = connection.copy("restored")
    other.settings_dict["NAME"] = str(place)
    try:
        yield other
    finally:
        other.close()
        if connection.vendor == "postgresql":
            _drop_postgres()


def _new_postgres() -> str:
    _drop_postgres()
    _outside(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_name())))
    return _name()


def _drop_postgres() -> None:
    _outside(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name())))


def _name() -> str:
    """Each process of a parallel run has its own."""
    return f"{connection.settings_dict['NAME']}_restored"


def _outside(statement) -> None:
    with closing(connection.copy("outside")) as outside:
        outside.connect()
        outside.connection.execute(statement)
