"""Attempt.answers inside SQL: one entry set in place, and the last place that has one."""

import json

from django.db.models import F, Func, IntegerField, JSONField, TextField, Value


class SetAnswer(Func):
    """The column with the entry of one place replaced; the place is a number, never user text."""

    output_field = JSONField()

    def __init__(self, index: int, entry: dict):
        value = Value(json.dumps(entry), output_field=TextField())
        super().__init__(F("answers"), value, key=f"q{index:d}")

    def as_sqlite(self, compiler, connection, **context):
        return self._render(compiler, "JSON_SET({column}, '$.{key}', JSON({value}))")

    def as_postgresql(self, compiler, connection, **context):
        return self._render(compiler, "JSONB_SET({column}, '{{{key}}}', ({value})::jsonb)")

    def _render(self, compiler, template: str):
        (column, params), (value, value_params) = map(compiler.compile, self.source_expressions)
        sql = template.format(column=column, key=self.extra["key"], value=value)
        return sql, (*params, *value_params)


class LastPlace(Func):
    """The highest place with an entry; null while there is none."""

    output_field = IntegerField()

    def __init__(self):
        super().__init__(F("answers"))

    def as_sqlite(self, compiler, connection, **context):
        template = "(SELECT MAX(CAST(SUBSTR(key, 2) AS INTEGER)) FROM JSON_EACH(%(expressions)s))"
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler, connection, **context):
        template = (
            "(SELECT MAX(SUBSTR(name, 2)::integer)"
            " FROM JSONB_OBJECT_KEYS(%(expressions)s) AS answer(name))"
        )
        return self.as_sql(compiler, connection, template=template)
