"""PostgreSQL: pg_dump and the checksums read one snapshot while writers go on."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import OperationalError
from django.utils.translation import gettext as _
from psycopg import Connection, IsolationLevel, sql

from config.backup.errors import BackupError
from config.backup.manifest import DatabaseFacts

FILE = "database.dump"
# Where Debian keeps the programs of each version; the newest can read all older ones.
PROGRAMS = Path("/usr/lib/postgresql")
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
# Digests of 2 × 60 bits, summed: whatever the order of the rows.
CHECKSUM = """
    SELECT count(*),
      coalesce(sum(('x' || substr(digest, 1, 15))::bit(60)::bigint), 0)::text || '-' ||
      coalesce(sum(('x' || substr(digest, 16, 15))::bit(60)::bigint), 0)::text
    FROM (
      SELECT encode(sha256(convert_to(whole_row::text, 'UTF8')), 'hex') AS digest
      FROM {} AS whole_row
    ) AS digests
"""
# What a row looks like as text must not depend on who asks.
FORMATS = """
    SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'postgres';
    SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1
"""
SCHEMA = """
    SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
    UNION ALL
    SELECT 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0
    UNION ALL
    SELECT 'trigger ' || t.tgrelid::regclass || '.' || t.tgname, pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
    UNION ALL
    SELECT 'function ' || p.oid::regprocedure, pg_get_functiondef(p.oid)
    FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
# "status IN (…)" reads as "ANY ((ARRAY['a'::character varying, …])::text[])" where it was first
# written, and as "ANY (ARRAY[('a'::character varying)::text, …])" once restored.
DRESS = re.compile(r"::(?:character varying|text)(?:\(\d+\))?(?:\[\])?|[()]")
SEQUENCES = """
    SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences
    WHERE schemaname = current_schema()
"""
RELATIONS = """
    SELECT 1 FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = pg_class.oid AND d.deptype = 'e')
"""


def dump(connection, folder: Path) -> DatabaseFacts:
    """Copy the database to `folder`; returns what was copied."""
    with _snapshot(connection) as database:
        # Before the dump: a sequence does not stop for a snapshot.
        copied = _facts(database)
        [snapshot] = database.execute("SELECT pg_export_snapshot()").fetchone()
        _run(
            connection,
            "pg_dump",
            *("--format=custom", "--no-owner", "--no-privileges"),
            *(f"--snapshot={snapshot}", f"--file={folder / FILE}"),
        )
    return copied


def is_empty(connection) -> bool:
    with _snapshot(connection) as database:
        return database.execute(RELATIONS).fetchone() is None


def load(connection, folder: Path) -> None:
    """Put the copy into the empty database, all of it or nothing."""
    connection.close()
    _run(
        connection,
        "pg_restore",
        *("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"),
        str(folder / FILE),
    )
    with closing(connection.copy()) as fresh, fresh.cursor() as cursor:
        # A dump has no statistics, and plans without them are bad.
        cursor.execute("ANALYZE")


def facts(connection) -> DatabaseFacts:
    with _snapshot(connection) as database:
        return _facts(database)


@contextmanager
def _snapshot(connection) -> Iterator[Connection]:
    """A connection of its own that sees one moment."""
    with closing(connection.copy()) as fresh:
        try:
            fresh.ensure_connection()
        except OperationalError as error:
            said = str(error).strip().splitlines()[-1]
            raise BackupError(_("连不上数据库：%(said)s") % {"said": said}) from error
        database = fresh.connection
        database.isolation_level = IsolationLevel.REPEATABLE_READ
        database.read_only = True
        with database.transaction():
            yield database


def _facts(database: Connection) -> DatabaseFacts:
    for statement in FORMATS.split(";"):
        database.execute(statement)
    names = [name for (name,) in database.execute(TABLES)]
    return DatabaseFacts(
        tables={name: _checksum(database, name) for name in names},
        schema={name: DRESS.sub("", said) for name, said in database.execute(SCHEMA)},
        sequences=dict(database.execute(SEQUENCES).fetchall()),
    )


def _checksum(database: Connection, table: str) -> list:
    return list(database.execute(sql.SQL(CHECKSUM).format(sql.Identifier(table))).fetchone())


def _run(connection, program: str, *options: str) -> None:
    """Run one of PostgreSQL's programs on this database; the password is not on its line."""
    [_psql, *where, name], environment = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, []
    )
    ran = subprocess.run(  # noqa: S603 no shell, and nothing that anybody typed
        [_find(program), *where, f"--dbname={name}", "--no-password", *options],
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
        umask=0o077,
    )
    if ran.returncode:
        said = ran.stderr.strip().splitlines()[-1:] or [str(ran.returncode)]
        raise BackupError(
            _("%(program)s 没有做完：%(said)s") % {"program": program, "said": said[0]}
        )


def _find(program: str) -> str:
    versions = sorted(PROGRAMS.glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which(program)
    for folder in versions:
        found = shutil.which(program, path=folder) or found
    if not found:
        raise BackupError(
            _(
                "找不到 %(program)s。请安装 PostgreSQL 的客户端（postgresql-client），"
                "版本不低于数据库的版本，再试一次。"
            )
            % {"program": program}
        )
    return found
