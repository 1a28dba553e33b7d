"""The second factor's rules: how often it may be guessed at, what is written down, the reset."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction

from members.domain.audit import record
from members.domain.devices import end_sessions
from members.domain.limits import Limit, fingerprint
from members.models import Action, Member

TRIES = Limit("second-factor", amount=5, seconds=15 * 60)
# An app's code holds for its half minute and the ones before and after it.
CODE_LIVES = 120


def take_try(*, member: Member, now: datetime) -> None:
    """Count one guess. Raises LimitReached."""
    TRIES.take(str(member.pk), now=now)


def forgive_tries(*, member: Member) -> None:
    TRIES.clear(str(member.pk))


def use_code(*, member: Member, code: str) -> bool:
    """Whether the app's code is used for the first time. (allauth forgets after half a minute.)"""
    return cache.add(f"second-factor-code:{fingerprint(f'{member.pk} {code}')}", 1, CODE_LIVES)


def note_failure(*, member: Member) -> None:
    detail = {"way": "second_factor"}
    record(action=Action.SIGN_IN_FAILED, by=None, subject=member, detail=detail)


def note_change(*, member: Member, by: Member | None, change: str) -> None:
    """`change` is a short code, e.g. "totp_added"."""
    detail = {"change": change}
    record(action=Action.SECOND_FACTOR_CHANGED, by=by, subject=member, detail=detail)


@transaction.atomic
def reset_second_factor(*, member: Member, by: Member | None) -> int:
    """Take away all that she has, because she lost it, and end her sessions; how many it was."""
    count, _by_model = Authenticator.objects.filter(user=member).delete()
    forgive_tries(member=member)
    note_change(member=member, by=by, change="reset")
    end_sessions(member=member, by=by, why="second_factor")
    return count
