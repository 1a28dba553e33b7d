"""Pages with links that lead nowhere: page, links, reasons."""

from django.db.models import Count, Min, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.query import PageQuerySet

from cms.desk.base import DeskList
from cms.kinds import looked_after_by
from cms.models import PageLink


def broken_links() -> QuerySet[PageLink]:
    return PageLink.objects.broken().minded()


def ignored_links() -> QuerySet[PageLink]:
    return PageLink.objects.broken().exclude(ignored_at=None)


def _find(user, links: QuerySet[PageLink]) -> PageQuerySet:
    mine = links.filter(page=OuterRef("pk")).order_by().values("page")
    since = Coalesce("address__first_failed_at", "found_at")
    return (
        looked_after_by(user)
        .live()
        .filter(pk__in=links.order_by().values("page"))
        .annotate(
            desk_at=Subquery(mine.annotate(since=Min(since)).values("since")),
            desk_links=Subquery(mine.annotate(n=Count("pk")).values("n")),
        )
    )


def _with_links(pages: PageQuerySet, links: QuerySet[PageLink]) -> PageQuerySet:
    rows = links.select_related("address", "ignored_by").order_by("pk")
    return pages.prefetch_related(Prefetch("outgoing_links", rows, to_attr="shown_links"))


def _note(page) -> str:
    first, count = page.shown_links[0], page.desk_links
    if count == 1:
        return first.reason
    return _("%(count)d 个链接：%(reason)s 等") % {"count": count, "reason": first.reason}


def broken_lists() -> list[DeskList]:
    return [
        DeskList(
            key="broken-links",
            title=gettext_lazy("失效链接"),
            icon="link-external",
            empty=gettext_lazy("没有失效的链接。每周会把发布的页面检查一遍。"),
            when=gettext_lazy("最早发现"),
            find=lambda user: _find(user, broken_links()),
            note=_note,
            about=gettext_lazy(
                "本站的页面和文件不在了，马上列出；外部网址隔天两次都打不开，才列出来。"
                "改好页面重新发布，就不再列出。"
            ),
            home=60,
            in_menu=True,
            has_links=True,
            prepare=lambda pages: _with_links(pages, broken_links()),
        ),
        DeskList(
            key="ignored-links",
            title=gettext_lazy("忽略的链接"),
            icon="view",
            empty=gettext_lazy("没有忽略的链接。"),
            when=gettext_lazy("最早发现"),
            find=lambda user: _find(user, ignored_links()),
            note=_note,
            has_links=True,
            prepare=lambda pages: _with_links(pages, ignored_links()),
        ),
    ]
