"""Saving answers: whatever arrives in whatever order, the newest of each question stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual

from members.models import Member
from quizzes.domain.attempts.answers_sql import LastPlace, SetAnswer
from quizzes.domain.attempts.locking import lock_attempt, read_attempt
from quizzes.domain.attempts.serving import last_place
from quizzes.domain.attempts.submitting import hand_in, has_expired, submit_attempt
from quizzes.models import Attempt, AttemptState, QuizPage
from quizzes.question_types.base import MAX_RESPONSE_LENGTH, MAX_RESPONSE_VALUES


class SaveOutcome(StrEnum):
    SAVED = "saved"
    STALE = "stale"
    CLOSED = "closed"
    VOIDED = "voided"
    EXPIRED = "expired"
    NO_SUCH_QUESTION = "no_such_question"
    # Judged at once, and locked since.
    CHECKED = "checked"
    # The quiz goes forward only, and a later question has been shown.
    PASSED = "passed"


# The start of a text inside a case, "0:", says which part it belongs to.
_PART_WITHOUT_TEXT = re.compile(r"(\d+:)?\s*\Z")


@dataclass(frozen=True)
class SaveResult:
    outcome: SaveOutcome
    # The answer that stands, when it is not the offered one.
    standing_response: tuple[str, ...] = ()

    @property
    def is_saved(self) -> bool:
        return self.outcome is SaveOutcome.SAVED


@dataclass(frozen=True)
class GivenAnswer:
    """The answer to the question at `index`, from 0; `sequence` as in `save_answer`."""

    index: int
    values: Sequence[str]
    sequence: int


def save_answer(
    *,
    attempt_id: int,
    member: Member,
    index: int,
    values: Sequence[str],
    sequence: int,
    now: datetime,
) -> SaveResult:
    """Keep the answer to the question at `index` (from 0) unless a newer one is there.

    `sequence` is the client's, in milliseconds on the server's clock; one from the future counts as
    now, so that no clock can shut out later answers, but among such ones as it is. The same answer
    sent again is saved again.
    Raises AttemptNotFound when the attempt is not this member's.
    """
    entry = make_entry(values, sequence, now)
    if _save(attempt_id, member, index, entry, now):
        return SaveResult(SaveOutcome.SAVED)
    attempt = read_attempt(attempt_id, member=member)
    result = judge_save(attempt, index, entry, now)
    if result.outcome is SaveOutcome.EXPIRED:
        submit_attempt(attempt_id=attempt_id, member=member, now=now)
    if result.is_saved and not is_same(attempt.answers.get(f"q{index}"), entry):
        # What stood in the way has gone in between, e.g. the attempt was reopened.
        return save_answer(
            attempt_id=attempt_id,
            member=member,
            index=index,
            values=values,
            sequence=sequence,
            now=now,
        )
    return result


def _save(attempt_id: int, member: Member, index: int, entry: dict, now: datetime) -> int:
    """Every condition is on the attempt's own row: of two statements that meet, the second one
    judges by what the first one has left.
    """
    if index < 0:
        return 0
    return Attempt.objects.filter(
        _is_newer(index, entry),
        _is_not_passed(index),
        Q(accepts_until=None) | Q(accepts_until__gt=now),
        pk=attempt_id,
        member=member,
        state=AttemptState.OPEN,
        question_count__gt=index,
    ).update(answers=SetAnswer(index, entry))


@transaction.atomic
def save_answers(
    *, attempt_id: int, member: Member, answers: Iterable[GivenAnswer], now: datetime
) -> dict[int, SaveResult]:
    """Save the answers of a whole page at once; the result of each by its index.

    Each is judged by itself, in the order of the places: one that is stale does not hold up the
    others. Raises AttemptNotFound.
    """
    attempt = lock_attempt(attempt_id, member=member)
    results: dict[int, SaveResult] = {}
    for given in sorted(answers, key=lambda each: (each.index, each.sequence)):
        entry = make_entry(given.values, given.sequence, now)
        result = judge_save(attempt, given.index, entry, now)
        key = f"q{given.index}"
        if result.is_saved and not is_same(attempt.answers.get(key), entry):
            attempt.answers[key] = entry
        results[given.index] = result
    if any(result.is_saved for result in results.values()):
        attempt.save(update_fields=["answers"])
    if attempt.is_open and has_expired(attempt, now):
        hand_in(attempt, now)
    return results


def make_entry(values: Sequence[str], sequence: int, now: datetime) -> dict:
    """An entry of Attempt.answers, cut to size; "f" is a number from the future as it came."""
    latest = round(now.timestamp() * 1000)
    kept, left = [], MAX_RESPONSE_LENGTH
    for value in values[:MAX_RESPONSE_VALUES]:
        kept.append(value[:left])
        left -= len(kept[-1])
    entry = {"s": min(sequence, latest), "r": kept}
    return entry | {"f": sequence} if sequence > latest else entry


def is_same(standing: dict | None, entry: dict) -> bool:
    """Whether it is the very answer that stands, sent once more."""
    return bool(standing) and _identity(standing) == _identity(entry)


def _identity(entry: dict) -> tuple:
    return entry.get("f", entry["s"]), entry["r"]


def _is_newer(index: int, entry: dict) -> Q:
    key = f"answers__q{index:d}"
    later = Q(**{f"{key}__s__lt": entry["s"]})
    if "f" in entry:
        # Both were cut to the moment they came: their own numbers say which was written later.
        later = Q(later, **{f"{key}__f__isnull": True}) | Q(**{f"{key}__f__lt": entry["f"]})
    is_unchecked = Q(**{f"{key}__c__isnull": True})
    return Q(**{f"{key}__isnull": True}) | Q(is_unchecked, later)


def _is_not_passed(index: int) -> Q:
    sequential = QuizPage.objects.filter(pk=OuterRef("quiz_id"), is_sequential=True)
    return Q(LessThanOrEqual(Coalesce(LastPlace(), -1), index)) | ~Exists(sequential)


def judge_save(attempt: Attempt, index: int, entry: dict, now: datetime) -> SaveResult:
    """What becomes of an answer, by the rule of the UPDATE; SAVED where it may stand."""
    if not attempt.is_open:
        is_voided = attempt.state == AttemptState.VOIDED
        return SaveResult(SaveOutcome.VOIDED if is_voided else SaveOutcome.CLOSED)
    if has_expired(attempt, now):
        return SaveResult(SaveOutcome.EXPIRED)
    if not 0 <= index < attempt.question_count:
        return SaveResult(SaveOutcome.NO_SUCH_QUESTION)
    standing = attempt.answers.get(f"q{index}", {})
    outcome = _judge_against(standing, entry, is_passed=_is_passed(attempt, index))
    if outcome is SaveOutcome.SAVED:
        return SaveResult(outcome)
    return SaveResult(outcome, tuple(standing.get("r", ())))


def _judge_against(standing: dict, entry: dict, *, is_passed: bool) -> SaveOutcome:
    if "c" in standing:
        return SaveOutcome.CHECKED
    if is_same(standing, entry):
        return SaveOutcome.SAVED
    if is_passed:
        return SaveOutcome.PASSED
    return SaveOutcome.STALE if standing and _is_older(entry, standing) else SaveOutcome.SAVED


def _is_older(entry: dict, standing: dict) -> bool:
    """The opposite of `_is_newer`, on a row that is at hand."""
    by = "f" if "f" in entry and "f" in standing else "s"
    return entry[by] <= standing[by]


def _is_passed(attempt: Attempt, index: int) -> bool:
    return attempt.quiz.is_sequential and last_place(attempt) > index


def holds_anything(values: Sequence[str]) -> bool:
    """Whether an answer says something, in any of its parts."""
    return not all(map(_PART_WITHOUT_TEXT.match, values))
