"""What a member takes along of what she watched."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail import hooks

from courses.models import MediaUpload, WatchRecord
from members.models import Member
from members.own_sheets import HOOK, Row, Sheet, stamp

SLICE = 500


@hooks.register(HOOK)
def watching_sheets(member: Member) -> list[Sheet]:
    return [
        Sheet(
            _("观看记录"),
            (_("微课"), _("已看（秒）"), _("看到（秒）"), _("最近一次")),
            _watched(member),
        ),
        Sheet(_("没传完的音视频"), (_("文件"), _("最近一次")), _uploads(member)),
    ]


def _watched(member: Member) -> Iterator[Row]:
    rows = WatchRecord.objects.filter(member=member).select_related("lesson")
    for row in rows.order_by("-updated_at", "-pk").iterator(SLICE):
        yield row.lesson.title, row.watched // 10, row.position // 10, stamp(row.updated_at)


def _uploads(member: Member) -> Iterator[Row]:
    for row in MediaUpload.objects.filter(owner=member):
        yield row.name, stamp(row.updated_at)
