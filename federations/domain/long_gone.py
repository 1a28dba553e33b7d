"""Accounts of people who left long ago: their data goes as if they had asked for it."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from federations.models import Appointment, StaffRole
from members.domain.erasure import ErasureRefused, ask_erasure
from members.models import Erasure, Member
from members.names import ERASED_NAME

# A term of office (届) has five years.
GONE = timedelta(days=5 * 365)
# For one night: whoever is left comes the next.
MOST = 1000


def ask_for_long_gone(now: datetime) -> int:
    """Ask for the erasure of whoever has served nowhere and signed in never for so long; how many.

    They have the same week: whoever signs in cancels it.
    """
    count = 0
    for member in long_gone(now)[:MOST]:
        try:
            ask_erasure(member=member, now=now)
        except ErasureRefused:
            continue
        count += 1
    return count


def long_gone(now: datetime) -> QuerySet[Member]:
    """Who never served anywhere is no member of a committee: an editor, an administrator."""
    since = now - GONE
    own = Appointment.objects.filter(member=OuterRef("pk"))
    recent = own.filter(Q(ends_on=None) | Q(ends_on__gte=localdate(since)))
    roles = StaffRole.objects.filter(member=OuterRef("pk")).exclude(ends_on__lt=localdate(since))
    waiting = Erasure.objects.waiting().filter(member=OuterRef("pk"))
    left = Member.objects.filter(Exists(own), ~Exists(recent), ~Exists(roles), ~Exists(waiting))
    asleep = Q(last_login=None, date_joined__lt=since) | Q(last_login__lt=since)
    return left.filter(asleep, groups=None).exclude(name=ERASED_NAME).order_by("pk")
