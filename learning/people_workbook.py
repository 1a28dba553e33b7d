"""The people of a plan as a workbook, team by team: for 400,000 rows as for ten.

A batch of teams takes a fixed number of queries, however many people are in it.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from federations.domain.jobs import Report
from federations.workbooks.writing import INERT, Row, write_rows
from learning.domain.reminders import team_batches
from learning.people import Figure, Person, Spot, list_people, rows_between
from learning.people.listing import rows_at

TEAMS_PER_BATCH = 200


def write_people(*, path: Path, spot: Spot, figure: Figure, now: datetime, report: Report) -> int:
    """Write those whom the figure counts at the spot; returns how many. Phones are masked."""
    book = Workbook(path, INERT)
    rows = _read(spot, figure, now, report)
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
        _("学时"),
        _("最近学习"),
        _("从哪天起计入"),
        _("参与时间"),
        _("完成时间"),
        _("及格时间"),
    )


def _read(spot: Spot, figure: Figure, now: datetime, report: Report) -> Iterator[Row]:
    zone = get_current_timezone()
    for people in _batches(spot, figure, now, report):
        people.sort(key=lambda person: (person.unit_path, person.name))
        for person in people:
            yield _row(person, zone)


def _batches(spot: Spot, figure: Figure, now: datetime, report: Report) -> Iterator[list[Person]]:
    plan = spot.plan
    if spot.view == "own":
        yield list_people(plan, rows_at(spot, now), now, figure=figure)
        return
    batches = list(team_batches(plan, [spot.federation], TEAMS_PER_BATCH))
    for number, paths in enumerate(batches, start=1):
        yield list_people(plan, rows_between(plan, paths, now), now, figure=figure)
        report(number, len(batches))


def _row(person: Person, zone) -> Row:
    return (
        person.name,
        person.masked_phone,
        person.unit,
        person.position_text,
        person.state_text,
        person.done,
        "、".join(person.left),
        None if person.score_bp is None else person.score_bp / 100,
        person.credit / 100,
        _moment(person.active_at, zone),
        _day(person.since),
        _moment(person.joined_at, zone),
        _moment(person.completed_at, zone),
        _moment(person.passed_at, zone),
    )


def _moment(moment: datetime | None, zone) -> str | None:
    return moment.astimezone(zone).isoformat(" ", "minutes")[:16] if moment else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
