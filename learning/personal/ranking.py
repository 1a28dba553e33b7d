"""Who stands where among colleagues, from the ledger.

Everybody in it is counted at the viewer's own federation today and agreed to be seen there; so did
the viewer, else there is nothing to see. No address names a federation or a person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federations.models import Appointment, Federation
from learning.models import LedgerEntry, RankingConsent
from learning.rules.ranking import rank_among
from learning.wording import hours_text
from members.models import Member

# So many places are shown, and her own: nobody is held up as the last one.
SHOWN = 10


@dataclass(frozen=True)
class Figure:
    """A column of the ledger as it is ranked."""

    label: Any
    unit: Any
    text: Callable[[int], str]


@dataclass(frozen=True)
class Span:
    """`first_day` of the time that holds a day; it goes on until that day."""

    label: Any
    first_day: Callable[[date], date]


FIGURES = {
    "points": Figure(gettext_lazy("积分"), gettext_lazy("分"), str),
    "credit": Figure(gettext_lazy("学时"), gettext_lazy("学时"), hours_text),
}
SPANS = {
    "week": Span(gettext_lazy("本周"), lambda day: day - timedelta(days=day.weekday())),
    "month": Span(gettext_lazy("本月"), lambda day: day.replace(day=1)),
    "year": Span(gettext_lazy("今年"), lambda day: day.replace(month=1, day=1)),
}


@dataclass(frozen=True)
class Place:
    rank: int
    name: str
    text: str
    is_mine: bool


@dataclass(frozen=True)
class Ranking:
    """`places`: the first ones; `mine` where hers is not among them; `count`: who takes part."""

    places: list[Place]
    mine: Place | None
    count: int
    has_mine: bool


def has_joined(member: Member, federation: Federation | None) -> bool:
    """Whether her consent holds for the federation where she is counted today."""
    return (
        federation is not None
        and RankingConsent.objects.filter(member=member, federation=federation).exists()
    )


def colleagues(federation: Federation, today: date) -> QuerySet[Member]:
    """Who agreed there, is counted there today, and may sign in."""
    counted = Appointment.objects.counted().in_force(today)
    here = counted.filter(federation=federation).values("member")
    return Member.objects.filter(
        ranking_consent__federation=federation, pk__in=here, is_active=True
    )


def rank_colleagues(
    *, member: Member, federation: Federation, figure: str, span: str, today: date
) -> Ranking:
    """One query. Who has nothing in that time yet has no place."""
    days = SPANS[span].first_day(today), today
    earned = (
        LedgerEntry.objects.filter(member=OuterRef("pk"), day__range=days)
        .order_by()
        .values("member")
        .values_list(Sum(figure))
    )
    people = list(
        colleagues(federation, today)
        .annotate(earned=Subquery(earned))
        .values_list("pk", "name", "earned")
    )
    found = sorted(
        ((pk, name, sum_) for pk, name, sum_ in people if (sum_ or 0) > 0),
        key=lambda each: (-each[2], each[1], each[0]),
    )
    falling = [sum_ for _pk, _name, sum_ in found]
    text = FIGURES[figure].text
    places = [
        Place(rank_among(sum_, falling), name, text(sum_), pk == member.pk)
        for pk, name, sum_ in found
    ]
    mine = next((place for place in places if place.is_mine), None)
    return Ranking(
        places=[place for place in places if place.rank <= SHOWN],
        mine=mine if mine and mine.rank > SHOWN else None,
        count=len(people),
        has_mine=mine is not None,
    )


def promise(federation: Federation) -> list[str]:
    """What she agrees to, before she does."""
    return [
        _("只有%s的同事，并且也参加了的，才看得到你。") % federation.title,
        _("她们看到的只有你的姓名，和你的积分、学时；看不到手机号、成绩和学了什么。"),
        _("上级妇联、别的妇联、管理员在这里都看不到你的名次。"),
        _("随时可以退出，点一下马上就没有了。换了单位，也自动退出。"),
        _("不参加也不影响学习、积分和单位排行。"),
    ]
