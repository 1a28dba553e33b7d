"""What she takes along of her points, credit hours and certificates, and of what she agreed to."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from federations.workbooks.writing import Row
from learning.models import Certificate, FavouritePage, LedgerEntry, Progress, RankingConsent
from learning.queries_ledger import entry_row
from members.models import Member
from members.own_data import HOOK as FACTS_HOOK
from members.own_data import Fact
from members.own_sheets import Sheet, stamp

SLICE = 500


@hooks.register(FACTS_HOOK, order=20)
def learning_facts(member: Member) -> list[Fact]:
    """For herself, in a line each; the pages show them in full."""
    kept = [
        (_("学习记录"), Progress, "learning:record"),
        (_("积分和学时"), LedgerEntry, "ledger:index"),
        (_("证书"), Certificate, "certificates:list"),
        (_("收藏"), FavouritePage, "learning:favourites"),
        (_("个人榜上公开姓名"), RankingConsent, "learning:personal"),
    ]
    return [
        Fact(label, _("%d 条") % model.objects.filter(member=member).count(), reverse(url))
        for label, model, url in kept
    ]


@hooks.register("my_export_sheets")
def earned_sheets(member: Member) -> list[Sheet]:
    return [
        Sheet(
            _("积分和学时"),
            (_("日期"), _("内容"), _("积分"), _("学时"), _("说明")),
            _entries(member),
        ),
        Sheet(
            _("证书"),
            (_("证书"), _("编号"), _("发证日期"), _("撤销原因")),
            _certificates(member),
        ),
        Sheet(_("个人榜"), (_("同意在哪个妇联公开"), _("参加时间")), _consents(member)),
    ]


def _entries(member: Member) -> Iterator[Row]:
    entries = LedgerEntry.objects.filter(member=member).select_related("page", "rule")
    for entry in entries.order_by("day", "pk").iterator(SLICE):
        row = entry_row(entry)
        yield entry.day.isoformat(), row.text, entry.points, entry.credit / 100, row.reason


def _certificates(member: Member) -> Iterator[Row]:
    for each in Certificate.objects.filter(member=member).order_by("pk"):
        yield each.title, each.shown_number, each.date_text, each.revoke_reason


def _consents(member: Member) -> Iterator[Row]:
    """What she agreed to; no row where she does not take part."""
    for each in RankingConsent.objects.filter(member=member).select_related("federation"):
        yield each.federation.title, stamp(each.since)
