"""Facts about a place's people that belong to no plan: what happened today, whose term ends.

Each is one filter of appointments. The figure counts it and the page lists it, so the two agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from federations.models import Appointment, Federation, Level
from federations.models.federation import subtree_range
from learning.models import BehaviourName, LedgerEntry

# Terms that end within so many days are due to be seen to.
SOON = timedelta(days=60)
# Seconds.
COUNT_KEPT = 60


@dataclass(frozen=True)
class Fact:
    """`only` narrows the appointments in force to those that it is about."""

    label: Any
    about: Any
    only: Callable[[QuerySet[Appointment], date], QuerySet[Appointment]]


def people_in(fact: Fact, place: Federation, today: date) -> QuerySet[Appointment]:
    """The appointments, of the place and everything below it, one for each person or term."""
    held = Appointment.objects.in_force(today)
    return fact.only(held.filter(federation__path__range=subtree_range(place.path)), today)


def count_in(key: str, place: Federation, today: date) -> int:
    """How many FACTS[key] counts there.

    Half a second for 400,000 people: of a city or the province it is a minute old at most. List and
    figure ask here, so that they agree.
    """

    def count() -> int:
        return people_in(FACTS[key], place, today).count()

    if place.level > Level.CITY:
        return count()
    return cache.get_or_set(f"desk-{key}:{place.pk}:{today}", count, COUNT_KEPT)


def _learned(held, today: date):
    return held.counted().filter(Exists(_entries(today)))


def _handed_in(held, today: date):
    return held.counted().filter(
        Exists(_entries(today).filter(rule__behaviour=BehaviourName.QUIZ_HANDED_IN))
    )


def _entries(today: date) -> QuerySet[LedgerEntry]:
    """What was earned today; a correction is no learning."""
    return LedgerEntry.objects.filter(member=OuterRef("member"), day=today, number=0)


def _ending(held, today: date):
    return held.filter(ends_on__lte=today + SOON).order_by(F("ends_on"), "pk")


FACTS = {
    "learned": Fact(
        _("今天学习的人"),
        _("今天学完了一课、交了卷或测验及格，并记进了学习账的人；重做以前做过的不算。"),
        _learned,
    ),
    "handed_in": Fact(
        _("今天交卷的人"), _("今天第一次交某份测验的人；重做同一份不算。"), _handed_in
    ),
    "ending": Fact(
        _("60 天内任期到期"), _("在任、任期止在 60 天以内的任职；一人兼两职算两条。"), _ending
    ),
}
