"""Queries whose SQL is written once: Django builds and compiles them, later calls fill in values.

For a query of some size that takes Django ten times as long as PostgreSQL takes to answer it, and
it is the same work each time. Only for what is asked at every step; docs/decisions/0018.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, get_args, get_origin

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

# Stand-ins that no query of ours holds by itself, one for each argument of a kind.
STANDINS = {
    str: lambda place: f"\ue000{place}",
    int: lambda place: 2_147_000_000 + place,
    date: lambda place: date(2999, 1, 1) + timedelta(days=place),
    datetime: lambda place: datetime(2999, 1, 1, tzinfo=UTC) + timedelta(days=place),
}
LARGEST_ID = 2**63 - 1
# The name of a value and, of one in a list, its place there.
Slot = tuple[str, int | None]


@dataclass(frozen=True)
class _Compiled:
    """`arguments` has for each parameter of `sql` where its value is, or None for its own."""

    sql: str
    parameters: tuple
    arguments: tuple[Slot | None, ...]
    converters: tuple[tuple[int, list, Any], ...]
    select: list
    klass_info: dict | None
    # Name and place of each annotation.
    annotations: tuple[tuple[str, int], ...]


class Prepared:
    """`Prepared(build, member=int, today=date)`: the query `build(member=…, today=…)`.

    `build` returns a queryset whose SQL is the same whatever the values are (so: no None) and which
    holds each value as it was given. Values are an int (a row's id), a str, a date, a datetime, or
    a list of them, say `paths=list[str]`: the SQL is written once for each length of the lists.
    (Django has no SQL for a query that an empty list leaves without any row: it raises.)
    """

    def __init__(self, build: Callable[..., QuerySet], **kinds: type):
        self._build, self._kinds = build, kinds
        self._lists = [name for name, kind in kinds.items() if get_origin(kind) is list]
        self._compiled: dict[tuple[int, ...], _Compiled] = {}

    def rows(self, **values) -> list[tuple]:
        """What the queryset, a `values_list`, holds."""
        return self._fetch(values)[1]

    def instances(self, **values) -> list[Model]:
        """What the queryset holds, with annotations and the objects that `select_related` names."""
        compiled, rows = self._fetch(values)
        info = compiled.klass_info
        fields = info["select_fields"]
        start, end = fields[0], fields[-1] + 1
        names = [column[0].target.attname for column in compiled.select[start:end]]
        populators = get_related_populators(info, compiled.select, DEFAULT_DB_ALIAS)
        found = []
        for row in rows:
            instance = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[start:end])
            for populator in populators:
                populator.populate(row, instance)
            for name, at in compiled.annotations:
                setattr(instance, name, row[at])
            found.append(instance)
        return found

    def _fetch(self, values: dict) -> tuple[_Compiled, list[tuple]]:
        compiled = self._prepare(values)
        connection = connections[DEFAULT_DB_ALIAS]
        given = dict(_slots(values))
        if any(isinstance(value, int) and abs(value) > LARGEST_ID for value in given.values()):
            return compiled, []  # typed into an address; the database would refuse the number
        parameters = [
            own if slot is None else _adapt(connection, given[slot])
            for own, slot in zip(compiled.parameters, compiled.arguments, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, parameters)
            rows = cursor.fetchall()
        return compiled, _convert(rows, compiled.converters, connection)

    def _prepare(self, values: dict) -> _Compiled:
        lengths = tuple(len(values[name]) for name in self._lists)
        # Two threads may do it at once; they come to the same.
        if lengths not in self._compiled:
            self._compiled[lengths] = self._compile(connections[DEFAULT_DB_ALIAS], lengths)
        return self._compiled[lengths]

    def _compile(self, connection, lengths: tuple[int, ...]) -> _Compiled:
        standins = self._standins(dict(zip(self._lists, lengths, strict=True)))
        compiler = self._build(**standins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        slots = {_adapt(connection, value): slot for slot, value in _slots(standins)}
        arguments = tuple(_slot_of(parameter, slots) for parameter in parameters)
        if missing := set(slots.values()) - set(arguments):
            raise ValueError(f"the query does not hold these as they were given: {missing}")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return _Compiled(
            sql=sql,
            parameters=tuple(parameters),
            arguments=arguments,
            converters=tuple((at, *each) for at, each in converters.items()),
            select=compiler.select,
            klass_info=compiler.klass_info,
            annotations=tuple((compiler.annotation_col_map or {}).items()),
        )

    def _standins(self, lengths: dict[str, int]) -> dict:
        places, standins = count(), {}
        for name, kind in self._kinds.items():
            if name in lengths:
                make = STANDINS[get_args(kind)[0]]
                standins[name] = [make(next(places)) for _ in range(lengths[name])]
            else:
                standins[name] = STANDINS[kind](next(places))
        return standins


def _slots(values: dict) -> Iterator[tuple[Slot, Any]]:
    for name, value in values.items():
        if isinstance(value, list):
            yield from (((name, place), each) for place, each in enumerate(value))
        else:
            yield (name, None), value


def _adapt(connection, value):
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    is_date = isinstance(value, date)
    return connection.ops.adapt_datefield_value(value) if is_date else value


def _slot_of(parameter, slots: dict) -> Slot | None:
    return slots.get(parameter) if isinstance(parameter, int | str | date) else None


def _convert(rows, converters, connection) -> list[tuple]:
    if not converters:
        return rows
    converted = []
    for each in rows:
        row = list(each)
        for at, functions, expression in converters:
            for function in functions:
                row[at] = function(row[at], expression, connection)
        converted.append(tuple(row))
    return converted
