"""Everything of hers to take along: a page to read, a workbook, and JSON for machines."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail import hooks
from xlsxwriter import Workbook

from federations.workbooks.writing import INERT, Row, write_rows
from learning.models import FavouritePage, Growth, PlanRosterEntry
from learning.record import record_rows, record_text
from members.models import Device, Member, Notice
from members.own_sheets import Sheet, sheets_of, stamp


@dataclass(frozen=True)
class _Table:
    """A sheet whose rows have been read: they are written three times."""

    name: str
    titles: tuple[str, ...]
    rows: list[tuple]


def write_my_data(*, member: Member, path: Path) -> None:
    """Write what all apps keep of her to a workbook at `path`."""
    _write_book(path, sheets_of(member))


def write_my_archive(*, member: Member, path: Path, now: datetime) -> None:
    """Write a ZIP of three files that say the same: HTML, XLSX and JSON."""
    tables = [
        _Table(str(each.name), tuple(map(str, each.titles)), [tuple(row) for row in each.rows])
        for each in sheets_of(member)
    ]
    with TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        book = Path(folder) / "book.xlsx"
        _write_book(book, tables)
        target.write(book, _("我的信息.xlsx"))
        context = {"tables": tables, "name": member.name, "now": now}
        target.writestr(_("我的信息.html"), render_to_string("pages/privacy/archive.html", context))
        target.writestr(_("我的信息.json"), _as_json(tables, now))


def _as_json(tables: list[_Table], now: datetime) -> str:
    """{"made_at": ISO, "tables": [{"name", "columns": […], "rows": [[…], …]}, …]}"""
    said = {
        "made_at": now.isoformat(timespec="seconds"),
        "tables": [
            {"name": each.name, "columns": each.titles, "rows": each.rows} for each in tables
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=str)


def _write_book(path: Path, sheets) -> None:
    with Workbook(path, INERT) as book:
        for sheet in sheets:
            write_rows(book, sheet.name, sheet.titles, sheet.rows, is_marked=False)


@hooks.register("my_export_sheets")
def own_sheets(member: Member) -> list[Sheet]:
    return [
        Sheet(
            _("学习记录"),
            (_("内容"), _("情况"), _("开始"), _("学完"), _("首次交卷")),
            _record(member),
        ),
        Sheet(
            _("学习任务结果"),
            (_("任务"), _("参与"), _("完成"), _("完成时间")),
            _results(member),
        ),
        Sheet(_("成长"), (_("阶段"), _("学完的课"), _("掌握的题"), _("达到时间")), _growth(member)),
        Sheet(_("收藏"), (_("内容"), _("收藏时间")), _favourites(member)),
        Sheet(_("消息"), (_("内容"), _("时间"), _("看过")), _notices(member)),
        Sheet(
            _("登录的设备"),
            (_("设备"), _("网络"), _("登录时间"), _("最近使用")),
            _devices(member),
        ),
    ]


def _record(member: Member) -> Iterator[Row]:
    for row in record_rows(member).iterator(chunk_size=500):
        yield (
            row.page.title,
            record_text(row),
            stamp(row.started_at),
            stamp(row.completed_at),
            stamp(row.handed_in_at),
        )


def _results(member: Member) -> Iterator[Row]:
    said = {True: _("是"), False: _("否")}
    for row in PlanRosterEntry.objects.filter(member=member).select_related("plan"):
        yield (
            row.plan.title,
            said[row.has_joined],
            said[row.has_completed],
            stamp(row.completed_at),
        )


def _growth(member: Member) -> Iterator[Row]:
    for row in Growth.objects.filter(member=member):
        yield row.get_stage_display(), row.lessons, row.mastered, stamp(row.reached_at)


def _favourites(member: Member) -> Iterator[Row]:
    kept = FavouritePage.objects.filter(member=member).select_related("page")
    for row in kept.order_by("-added_at", "-pk"):
        yield row.page.title, stamp(row.added_at)


def _notices(member: Member) -> Iterator[Row]:
    for notice in Notice.objects.filter(member=member).iterator(chunk_size=500):
        yield notice.text, stamp(notice.made_at), stamp(notice.seen_at)


def _devices(member: Member) -> Iterator[Row]:
    for each in Device.objects.filter(member=member):
        yield each.name, each.network, stamp(each.signed_in_at), stamp(each.last_seen_at)
