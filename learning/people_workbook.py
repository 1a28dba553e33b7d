"""The people of a plan as a workbook, team by team: for 400,000 rows as for ten.

A batch of teams takes four queries, however many people are in it.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from federations.domain.jobs import Report
from federations.models import Federation
from federations.workbooks.writing import INERT, Row, write_rows
from learning.audience import limited_teams_sql
from learning.domain.reminders import team_batches
from learning.domain.standings.people import people_of
from learning.models import Plan
from learning.people import Person, State, list_people

TEAMS_PER_BATCH = 200


def write_people(
    *,
    path: Path,
    plan: Plan,
    federations: list[Federation],
    state: State | None,
    now: datetime,
    report: Report,
) -> int:
    """Write the plan's people at or below `federations`; returns how many. Phones are masked."""
    book = Workbook(path, INERT)
    rows = _read(plan, federations, state, now, report)
    count = write_rows(book, _("完成情况"), _titles(), rows)
    book.close()
    return count


def _titles() -> tuple[str, ...]:
    return (
        _("姓名"),
        _("手机号"),
        _("计入单位"),
        _("职务"),
        _("状态"),
        _("完成的必修"),
        _("还差"),
        _("平均成绩"),
        _("最近学习"),
    )


def _read(
    plan: Plan,
    federations: list[Federation],
    state: State | None,
    now: datetime,
    report: Report,
) -> Iterator[Row]:
    batches = list(team_batches(plan, federations, TEAMS_PER_BATCH))
    zone = get_current_timezone()
    for number, paths in enumerate(batches, start=1):
        rows = people_of(plan, *limited_teams_sql(plan, paths), now)
        people = list_people(plan, rows, now, state=state)
        titles = _name_teams({person.federation_id for person in people})
        people.sort(key=lambda person: (titles[person.federation_id], person.name))
        for person in people:
            yield _row(person, titles[person.federation_id][1], zone)
        report(number, len(batches))


def _name_teams(ids: set[int]) -> dict[int, tuple[str, str]]:
    """Each team's path, by which it is sorted, and its title."""
    return {pk: (each.path, each.title) for pk, each in Federation.objects.in_bulk(ids).items()}


def _row(person: Person, team: str, zone) -> Row:
    active_at = person.active_at
    return (
        person.name,
        person.masked_phone,
        team,
        person.position_text,
        person.state_text,
        person.done,
        "、".join(person.left),
        None if person.score_bp is None else person.score_bp / 100,
        active_at.astimezone(zone).isoformat(" ", "minutes")[:16] if active_at else None,
    )
