"""Queries whose SQL is written once: Django builds and compiles them, later calls fill in values.

For a query of some size that takes Django ten times as long as PostgreSQL takes to answer it, and
it is the same work each time. Only for what is asked at every step; docs/decisions/0018.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

# Stand-ins that no query of ours holds by itself, one for each argument of a kind.
STANDINS = {
    str: lambda place: f"\ue000{place}",
    int: lambda place: 2_147_000_000 + place,
    date: lambda place: date(2999, 1, 1) + timedelta(days=place),
}
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class _Compiled:
    """`arguments` has for each parameter of `sql` the name of a value, or None for its own."""

    sql: str
    parameters: tuple
    arguments: tuple[str | None, ...]
    converters: tuple[tuple[int, list, Any], ...]
    select: list
    klass_info: dict | None
    # Name and place of each annotation.
    annotations: tuple[tuple[str, int], ...]


class Prepared:
    """`Prepared(build, member=int, today=date)`: the query `build(member=…, today=…)`.

    `build` returns a queryset whose SQL is the same whatever the values are (so: no lists, no None)
    and which holds each value as it was given. Values are an int (a row's id), a str or a date.
    """

    def __init__(self, build: Callable[..., QuerySet], **kinds: type):
        self._build, self._kinds = build, kinds
        self._compiled: _Compiled | None = None

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
        compiled = self._prepare()
        connection = connections[DEFAULT_DB_ALIAS]
        if any(isinstance(value, int) and abs(value) > LARGEST_ID for value in values.values()):
            return compiled, []  # typed into an address; the database would refuse the number
        given = {name: _adapt(connection, values[name]) for name in self._kinds}
        parameters = [
            own if name is None else given[name]
            for own, name in zip(compiled.parameters, compiled.arguments, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, parameters)
            rows = cursor.fetchall()
        return compiled, _convert(rows, compiled.converters, connection)

    def _prepare(self) -> _Compiled:
        # Two threads may do it at once; they come to the same.
        if self._compiled is None:
            self._compiled = self._compile(connections[DEFAULT_DB_ALIAS])
        return self._compiled

    def _compile(self, connection) -> _Compiled:
        standins = {
            name: STANDINS[kind](place) for place, (name, kind) in enumerate(self._kinds.items())
        }
        compiler = self._build(**standins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {_adapt(connection, value): name for name, value in standins.items()}
        arguments = tuple(_name_of(parameter, names) for parameter in parameters)
        if missing := set(standins) - set(arguments):
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


def _adapt(connection, value):
    is_date = isinstance(value, date)
    return connection.ops.adapt_datefield_value(value) if is_date else value


def _name_of(parameter, names: dict) -> str | None:
    return names.get(parameter) if isinstance(parameter, int | str | date) else None


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
