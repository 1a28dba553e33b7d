"""Pages that go live or end by the clock."""

from datetime import timedelta

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision, get_default_page_content_type
from wagtail.query import PageQuerySet

from cms.desk.base import DeskList
from cms.kinds import looked_after_by

# An end that is further away wants nothing yet.
SOON = timedelta(days=30)


def find_coming(user) -> PageQuerySet:
    """What is approved to go live, and what ends within a month; the next one first."""
    now = timezone.now()
    approved = Revision.objects.filter(
        base_content_type=get_default_page_content_type(), approved_go_live_at__isnull=False
    ).annotate(page_id_number=Cast("object_id", BigIntegerField()))
    of_page = approved.filter(page_id_number=OuterRef("pk")).order_by("approved_go_live_at")
    ends_soon = Q(live=True, expire_at__range=(now, now + SOON))
    pages = looked_after_by(user).annotate(
        goes_live_at=Subquery(of_page.values("approved_go_live_at")[:1]),
        ends_at=Case(When(ends_soon, then=F("expire_at"))),
    )
    pages = pages.filter(Q(pk__in=approved.order_by().values("page_id_number")) | ends_soon)
    live_first = Q(goes_live_at__isnull=False) & (
        Q(ends_at=None) | Q(goes_live_at__lte=F("ends_at"))
    )
    return pages.annotate(desk_at=Case(When(live_first, then="goes_live_at"), default="ends_at"))


def note_coming(page) -> str:
    parts = []
    if page.goes_live_at:
        verb = _("新版本上线") if page.live else _("上线")
        parts.append((page.goes_live_at, verb))
    if page.ends_at:
        parts.append((page.ends_at, _("下线")))
    return "，".join(f"{_moment(at)} {verb}" for at, verb in sorted(parts))


def _moment(at) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i")


def coming_lists() -> list[DeskList]:
    return [
        DeskList(
            key="coming",
            title=gettext_lazy("即将上线和下线"),
            icon="calendar-alt",
            empty=gettext_lazy("没有排好时间的页面。在页面的“状态”面板里可以定时上线、下线。"),
            when=gettext_lazy("时间"),
            find=find_coming,
            note=note_coming,
            about=gettext_lazy("审核通过、等着上线的，和 30 天内要下线的。时间都是北京时间。"),
            order=("desk_at", "pk"),
            home=50,
            shows_time=False,
        )
    ]
