"""SQL with its parameters, put together piece by piece."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

NAME = re.compile(r":([a-z_]+)")


@dataclass(frozen=True)
class Rows:
    """SQL that yields rows, or a piece of such, with its parameters."""

    sql: str
    params: list = field(default_factory=list)


def bind(sql: str, values: Mapping[str, Any]) -> Rows:
    """Put `values` in the place of their :names. A list becomes several parameters, Rows go in
    as they are; moments are made comparable to what Django stores."""
    params: list = []

    def place(found: re.Match) -> str:
        piece = _as_rows(values[found[1]])
        params.extend(piece.params)
        return piece.sql

    return Rows(NAME.sub(place, sql), params)


def _as_rows(value: Any) -> Rows:
    if isinstance(value, Rows):
        return value
    values = value if isinstance(value, list) else [value]
    return Rows(", ".join(["%s"] * len(values)), [adapt(each) for each in values])


def adapt(value: Any) -> Any:
    """A moment as the database compares it: text on SQLite, as Django stores it there."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def among(values: Sequence[int] | Sequence[str]) -> Rows:
    """A subquery of the given values, however many: one parameter, so one text of the statement."""
    values = list(values)
    if connection.vendor == "postgresql":
        kind = "text" if values and isinstance(values[0], str) else "bigint"
        return Rows(f"SELECT unnest(%s::{kind}[])", [values])
    return Rows("SELECT value FROM json_each(%s)", [json.dumps(values)])


def execute(rows: Rows) -> int:
    """Run a statement that writes; returns how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(rows.sql, rows.params)
        return cursor.rowcount


def spare_compiling() -> None:
    """Until the transaction ends. PostgreSQL's guess of a sum over grouped rows is a hundred times
    too high: it would compile, for seconds, what runs in less."""
    if connection.vendor == "postgresql":
        execute(Rows("SET LOCAL jit = off"))


def fetch(rows: Rows) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(rows.sql, rows.params)
        return cursor.fetchall()
