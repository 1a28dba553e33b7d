"""Saving one answer: one conditional UPDATE, whatever arrives in whatever order."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import F, Func, JSONField, Q, TextField, Value

from members.models import Member
from quizzes.domain.attempts.errors import AttemptNotFound
from quizzes.domain.attempts.submitting import submit_attempt
from quizzes.models import Attempt, AttemptState

# What one answer may take up: an attempt stays small however hard somebody tries.
MAX_VALUES, MAX_LENGTH = 20, 200


class SaveOutcome(StrEnum):
    SAVED = "saved"
    STALE = "stale"
    CLOSED = "closed"
    EXPIRED = "expired"
    NO_SUCH_QUESTION = "no_such_question"


@dataclass(frozen=True)
class SaveResult:
    outcome: SaveOutcome
    # The answer that stands, when a newer one than the offered is already there.
    standing_response: tuple[str, ...] = ()

    @property
    def is_saved(self) -> bool:
        return self.outcome is SaveOutcome.SAVED


class JSONSet(Func):
    """Set one top-level key of a JSON column in place; `key` is a plain word, never user input."""

    output_field = JSONField()

    def __init__(self, column: str, key: str, value):
        super().__init__(F(column), Value(json.dumps(value), output_field=TextField()), key=key)

    def as_sqlite(self, compiler, connection, **context):
        template = "JSON_SET(%(column)s, '$.%(key)s', JSON(%(value)s))"
        return self._render(compiler, template)

    def as_postgresql(self, compiler, connection, **context):
        template = "JSONB_SET(%(column)s, '{%(key)s}', (%(value)s)::jsonb)"
        return self._render(compiler, template)

    def _render(self, compiler, template):
        (column, params), (value, value_params) = map(compiler.compile, self.source_expressions)
        sql = template % {"column": column, "key": self.extra["key"], "value": value}
        return sql, (*params, *value_params)


def save_answer(
    *,
    attempt_id: int,
    member: Member,
    index: int,
    values: list[str],
    sequence: int,
    now: datetime,
) -> SaveResult:
    """Keep the answer to the question at `index` (from 0) unless a newer one is there.

    `sequence` is the client's, in milliseconds on the server's clock; one from the future is taken
    as now, so that no clock can shut out later answers. The same answer sent again is saved again.
    Raises AttemptNotFound when the attempt is not this member's.
    """
    sequence = min(sequence, round(now.timestamp() * 1000))
    response = [value[:MAX_LENGTH] for value in values[:MAX_VALUES]]
    key = f"q{index}"
    is_newer = Q(**{f"answers__{key}__isnull": True}) | Q(**{f"answers__{key}__s__lt": sequence})
    changed = (
        Attempt.objects.filter(is_newer, pk=attempt_id, member=member, state=AttemptState.OPEN)
        .filter(Q(deadline=None) | Q(deadline__gt=now), question_count__gt=index)
        .update(answers=JSONSet("answers", key, {"s": sequence, "r": response}))
    )
    if changed:
        return SaveResult(SaveOutcome.SAVED)
    return _explain(attempt_id, member, index, sequence, now)


def _explain(
    attempt_id: int, member: Member, index: int, sequence: int, now: datetime
) -> SaveResult:
    attempt = Attempt.objects.filter(pk=attempt_id, member=member).first()
    if attempt is None:
        raise AttemptNotFound
    if not attempt.is_open:
        return SaveResult(SaveOutcome.CLOSED)
    if attempt.deadline and attempt.deadline <= now:
        submit_attempt(attempt_id=attempt_id, member=member, now=now)
        return SaveResult(SaveOutcome.EXPIRED)
    if index >= attempt.question_count:
        return SaveResult(SaveOutcome.NO_SUCH_QUESTION)
    standing = attempt.answers[f"q{index}"]
    if standing["s"] == sequence:
        return SaveResult(SaveOutcome.SAVED)
    return SaveResult(SaveOutcome.STALE, tuple(standing["r"]))
