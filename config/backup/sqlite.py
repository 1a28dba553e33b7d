"""SQLite: the online backup reads one moment while writers go on."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from django.utils.translation import gettext as _

from config.backup.errors import BackupError
from config.backup.manifest import DatabaseFacts

FILE = "database.sqlite3"
TIMEOUT = 60
# What a virtual table shows lies in tables of its own, which are copied.
TABLES = """
    SELECT name FROM sqlite_master
    WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'
      AND (name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR name = 'sqlite_sequence')
"""
SCHEMA = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def dump(connection, folder: Path) -> DatabaseFacts:
    """Copy the database to `folder`; returns what was copied."""
    path = folder / FILE
    path.touch(mode=0o600)
    try:
        with closing(_open(_place(connection), "ro")) as source, closing(_open(path)) as copy:
            source.backup(copy)
            # One file, without a journal beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        return _facts(path)
    except sqlite3.Error as error:
        raise BackupError(_("读不出数据库：%(error)s。") % {"error": error}) from error


def is_empty(connection) -> bool:
    place = _place(connection)
    if not place.exists():
        return True
    with closing(_open(place)) as database:
        return not database.execute("SELECT 1 FROM sqlite_master").fetchone()


def load(connection, folder: Path) -> None:
    """Put the copy into the empty database, all of it or nothing."""
    connection.close()
    place = _place(connection)
    try:
        with closing(_open(folder / FILE, "ro")) as source, closing(_open(place)) as database:
            source.backup(database)
    except sqlite3.Error as error:
        raise BackupError(_("写不进数据库：%(error)s。") % {"error": error}) from error


def facts(connection) -> DatabaseFacts:
    return _facts(_place(connection))


def _facts(path: Path) -> DatabaseFacts:
    with closing(_open(path, "ro")) as database:
        # Without decoding: a checksum is of bytes.
        names = [name for (name,) in database.execute(TABLES)]
        schema = dict(database.execute(SCHEMA).fetchall())
        database.text_factory = bytes
        return DatabaseFacts({name: _checksum(database, name) for name in names}, schema)


def _checksum(database: sqlite3.Connection, table: str) -> list:
    """Rows, and the sum of their digests: whatever their order."""
    rows = total = 0
    for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 a name of the schema
        rows += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode()).digest())
    return [rows, f"{total % 2**256:064x}"]


def _open(path: Path, mode: str = "rwc") -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=TIMEOUT)


def _place(connection) -> Path:
    return Path(connection.settings_dict["NAME"])
