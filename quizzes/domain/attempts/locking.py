"""Reading an attempt, and reading it to change it.

The attempt is locked before Progress, by everybody.
"""

from django.db.models import QuerySet

from members.models import Member
from members.prepared import Prepared
from quizzes.domain.attempts.errors import AttemptNotFound
from quizzes.models import Attempt


def read_attempt(attempt_id: int, *, member: Member) -> Attempt:
    """Her attempt with its quiz. Raises AttemptNotFound when it is not hers."""
    return _one(_OWN.instances(attempt=attempt_id, member=member.pk))


def lock_attempt(attempt_id: int, *, member: Member | None = None) -> Attempt:
    """The attempt with its quiz, locked until the transaction ends; hers where a member is named.

    Raises AttemptNotFound.
    """
    if member is None:
        return _one(_ANY_LOCKED.instances(attempt=attempt_id))
    return _one(_OWN_LOCKED.instances(attempt=attempt_id, member=member.pk))


def _one(found: list[Attempt]) -> Attempt:
    if not found:
        raise AttemptNotFound
    return found[0]


def _read(**which) -> QuerySet[Attempt]:
    return Attempt.objects.select_related("quiz").filter(**which)


def _locked(**which) -> QuerySet[Attempt]:
    return _read(**which).select_for_update(no_key=True, of=("self",))


_OWN = Prepared(lambda attempt, member: _read(pk=attempt, member=member), attempt=int, member=int)
_OWN_LOCKED = Prepared(
    lambda attempt, member: _locked(pk=attempt, member=member), attempt=int, member=int
)
_ANY_LOCKED = Prepared(lambda attempt: _locked(pk=attempt), attempt=int)
