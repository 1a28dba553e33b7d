"""Everything of hers in one workbook: each app adds its sheets by the hook `my_export_sheets`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail import hooks
from xlsxwriter import Workbook

from federations.workbooks.writing import INERT, Row, write_rows
from learning.models import FavouritePage
from learning.record import record_rows, record_text
from members.models import Device, Member, Notice


@dataclass(frozen=True)
class Sheet:
    """`rows` may be a generator; it is read once."""

    name: str
    titles: tuple[str, ...]
    rows: Iterable[Row]


def write_my_data(*, member: Member, path: Path) -> None:
    """Write what all apps keep of her learning to a workbook at `path`."""
    with Workbook(path, INERT) as book:
        for collect in hooks.get_hooks("my_export_sheets"):
            for sheet in collect(member):
                write_rows(book, sheet.name, sheet.titles, sheet.rows)


def stamp(moment: datetime | None) -> str:
    """2026-11-03 20:15, local; empty for what has not happened."""
    return localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


@hooks.register("my_export_sheets")
def own_sheets(member: Member) -> list[Sheet]:
    return [
        Sheet(
            _("学习记录"),
            (_("内容"), _("情况"), _("开始"), _("学完"), _("首次交卷")),
            _record(member),
        ),
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
