"""Attempts that were asked a version. Layouts are JSON: they are scanned once, slice by slice."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import BooleanField, F, Func, IntegerField, Max, Min, QuerySet, Value

from quizzes.models import Attempt, AttemptState, QuestionVersion

# Ids per slice, and so attempts per transaction at most.
SLICE = 1000
# The clocks of several servers differ a little.
MARGIN = timedelta(hours=1)


class HoldsVersion(Func):
    """Whether the layout holds the version, asked in the database."""

    output_field = BooleanField()

    def __init__(self, version_id: int):
        super().__init__(F("layout"), Value(version_id, output_field=IntegerField()))

    def as_postgresql(self, compiler, connection, **context):
        template = "(%s @> JSONB_BUILD_ARRAY(JSONB_BUILD_OBJECT('v', (%s)::bigint)))"
        return self._render(compiler, template)

    def as_sqlite(self, compiler, connection, **context):
        template = (
            "EXISTS (SELECT 1 FROM JSON_EACH(%s) AS place"
            " WHERE JSON_EXTRACT(place.value, '$.v') = (%s))"
        )
        return self._render(compiler, template)

    def _render(self, compiler, template):
        (layout, params), (version, more) = map(compiler.compile, self.source_expressions)
        return template % (layout, version), (*params, *more)


def attempts_asked(version: QuestionVersion) -> QuerySet:
    """Handed-in attempts that hold the version, and those that may be handed in this moment."""
    states = AttemptState.OPEN, AttemptState.SUBMITTED
    return Attempt.objects.filter(HoldsVersion(version.pk), state__in=states)


def first_and_last(version: QuestionVersion) -> tuple[int, int]:
    """Between which ids attempts can hold the version: none was started before it was made.

    The quizzes that hold the question today do not bound it: others may have held it before.
    """
    since = Attempt.objects.filter(started_at__gte=version.created_at - MARGIN)
    found = since.aggregate(first=Min("pk"), last=Max("pk"))
    return found["first"] or 1, found["last"] or 0


def slices(version: QuestionVersion) -> Iterator[tuple[QuerySet, int, int]]:
    """(attempts, ids done, ids in all) for each slice of ids, in order."""
    first, last = first_and_last(version)
    for start in range(first, last + 1, SLICE):
        rows = attempts_asked(version).filter(pk__gte=start, pk__lt=start + SLICE)
        yield rows.order_by("pk"), min(start + SLICE, last + 1) - first, last + 1 - first
