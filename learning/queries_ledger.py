"""A member's points, credit hours, growth and rhythm as her pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Q, Sum
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from learning.domain.ledger.hours import YEARLY_TARGET, year_range
from learning.models import (
    BehaviourName,
    EntryKind,
    Growth,
    LedgerEntry,
    PointRule,
    Progress,
    Stage,
)
from learning.rules.growth import STEPS, steps_to_next
from learning.rules.rhythm import Rhythm, Week, find_rhythm
from learning.wording import gain_text, hours_text
from members.models import Member


def act_text(behaviour: str, title: str) -> str:
    """学完《…》"""
    texts = {
        BehaviourName.QUIZ_HANDED_IN: _("交卷《%s》"),
        BehaviourName.QUIZ_PASSED: _("测验及格《%s》"),
        BehaviourName.COURSE_FINISHED: _("学完整门课程《%s》"),
    }
    return texts.get(behaviour, _("学完《%s》")) % title


@dataclass(frozen=True)
class EntryRow:
    when: str
    text: str
    gain: str
    reason: str
    is_minus: bool


@dataclass(frozen=True)
class TodayRow:
    """What a behaviour has brought today, beside its cap in points."""

    label: str
    points: int
    daily_cap: int

    @property
    def is_full(self) -> bool:
        return self.points >= self.daily_cap


@dataclass(frozen=True)
class RuleRow:
    label: str
    gain: str
    daily_cap: int | None
    starts_on: date
    has_begun: bool


def ledger_card(member: Member, now: datetime) -> dict:
    """For 我的 (`_ledger_entry.html`): four queries."""
    today = localdate(now)
    return {"ledger": sums_of(member, today) | growth_facts(member) | rhythm_facts(member, today)}


def sums_of(member: Member, today: date, year: int | None = None) -> dict:
    """All her points, and the credit hours of the year; one query."""
    year = year or today.year
    within = Q(day__range=year_range(year))
    sums = LedgerEntry.objects.filter(member=member).aggregate(
        year_points=Sum("points", filter=within),
        credit=Sum("credit", filter=within),
        # The last one: from here on the name stands for the sum.
        points=Sum("points"),
    )
    credit = sums["credit"] or 0
    return {
        "points": sums["points"] or 0,
        "year": year,
        "year_points": sums["year_points"] or 0,
        "hours": hours_text(credit),
        "target": YEARLY_TARGET // 100,
        "percent": max(0, min(100, 100 * credit // YEARLY_TARGET)),
        "has_reached_target": credit >= YEARLY_TARGET,
    }


def growth_facts(member: Member) -> dict:
    """Her stage, and what is left to the next one; `left` is None at the last."""
    grown = Growth.objects.filter(member=member).first() or Growth(member=member)
    stage = Stage(grown.stage)
    left = steps_to_next(lessons=grown.lessons, mastered=grown.mastered, stage=stage)
    return {
        "lessons": grown.lessons,
        "mastered": grown.mastered,
        "stage": stage,
        "stage_label": stage.label,
        "stage_file": picture_of(stage),
        "next_label": Stage(stage + 1).label if left is not None else "",
        "left": left,
    }


def picture_of(stage: Stage) -> str:
    """Its file below static/growth/."""
    return f"{stage.value}.svg"


def stage_rows(stage: Stage) -> list[dict]:
    """All five stages, with what each takes."""
    return [
        {
            "label": each.label,
            "file": picture_of(each),
            "steps": needed,
            "is_reached": each <= stage,
            "is_current": each == stage,
        }
        for each, needed in zip(Stage, STEPS, strict=True)
    ]


def rhythm_facts(member: Member, today: date) -> dict:
    rhythm = find_rhythm(learning_days(member), today=today)
    labels = {
        Week.LEARNED: _("学了"),
        Week.REST: _("休息周"),
        Week.PAUSE: _("暂停"),
        Week.OPEN: _("本周"),
    }
    return {
        "weeks": rhythm.weeks,
        "rests": rhythm.rests,
        "rhythm_text": rhythm_text(rhythm),
        "recent_weeks": [{"mark": mark.value, "label": labels[mark]} for mark in rhythm.recent],
    }


def rhythm_text(rhythm: Rhythm) -> str:
    if not rhythm.has_begun:
        return _("学完第一课，每周的节奏就开始了")
    if rhythm.has_learned_this_week:
        return _("这周学过了，真好")
    if rhythm.is_paused:
        return _("节奏先停在这里，什么时候接着学都行")
    if rhythm.rests:
        return _("这周还没学；忙的话可以用一个休息周")
    return _("这周还没学，有空学一小课就好")


def learning_days(member: Member) -> set[date]:
    """The local days on which she finished or handed in something."""
    rows = Progress.objects.filter(member=member, completed_at__isnull=False)
    moments = rows.values_list("completed_at", "handed_in_at")
    return {localdate(moment) for pair in moments for moment in pair if moment}


def years_of(member: Member, today: date) -> list[int]:
    """The years in which the ledger has something, and this one; newest first."""
    begun = LedgerEntry.objects.filter(member=member).dates("day", "year")
    return sorted({today.year} | {each.year for each in begun}, reverse=True)


def entries_of(member: Member, year: int):
    """Newest first."""
    rows = LedgerEntry.objects.filter(member=member, day__range=year_range(year))
    return rows.select_related("page", "rule").order_by("-day", "-pk")


def by_month(entries: Iterable[LedgerEntry]) -> list[tuple[str, list[EntryRow]]]:
    months = groupby(entries, key=lambda entry: (entry.day.year, entry.day.month))
    return [
        (_("%d 月") % month, [entry_row(entry) for entry in rows])
        for (_year, month), rows in months
    ]


def entry_row(entry: LedgerEntry) -> EntryRow:
    text = act_text(entry.rule.behaviour, entry.page.title if entry.page else "")
    is_correction = entry.kind == EntryKind.CORRECTION
    return EntryRow(
        when=date_format(entry.day, "n月j日"),
        text=_("更正：%s") % text if is_correction else text,
        gain=gain_text(entry.points, entry.credit),
        reason=entry.reason,
        is_minus=entry.points < 0 or entry.credit < 0,
    )


def today_rows(member: Member, today: date) -> list[TodayRow]:
    """The capped behaviours that have brought her something today."""
    entries = LedgerEntry.objects.filter(member=member, day=today, rule__daily_cap__isnull=False)
    sums = entries.order_by("rule").values_list("rule__behaviour", "rule__daily_cap")
    return [
        TodayRow(BehaviourName(behaviour).label, points, daily_cap)
        for behaviour, daily_cap, points in sums.annotate(points=Sum("points"))
    ]


def rule_rows(today: date) -> list[RuleRow]:
    """The rules in force and those to come, in the order of the behaviours."""
    rules = list(PointRule.objects.order_by("starts_on"))
    rows = []
    for behaviour in BehaviourName.values:
        mine = [rule for rule in rules if rule.behaviour == behaviour]
        begun = [rule for rule in mine if rule.starts_on <= today]
        shown = begun[-1:] + [rule for rule in mine if rule.starts_on > today]
        rows += [_rule_row(rule, today) for rule in shown]
    return rows


def _rule_row(rule: PointRule, today: date) -> RuleRow:
    return RuleRow(
        label=rule.get_behaviour_display(),
        gain=gain_text(rule.points, rule.credit) or _("不计分"),
        daily_cap=rule.daily_cap,
        starts_on=rule.starts_on,
        has_begun=rule.starts_on <= today,
    )


def ledger_page(member: Member, now: datetime, year: int) -> dict:
    """What the page says beside its entries."""
    today = localdate(now)
    return sums_of(member, today, year) | {
        "years": years_of(member, today),
        "today_rows": today_rows(member, today),
        "rules": rule_rows(today),
        "is_this_year": year == today.year,
    }
