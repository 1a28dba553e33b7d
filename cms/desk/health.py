"""What a live page lacks, whatever kind it is: a picture, a summary, a text, a fresh look."""

from datetime import timedelta

from django.db.models import BooleanField, ExpressionWrapper, F, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import StreamField
from wagtail.query import PageQuerySet

from cms.desk.base import DeskList
from cms.kinds import looked_after_by, written_kinds
from cms.models import BasePage

STALE = timedelta(days=2 * 365)


def lacks(field: str) -> Q:
    """A filter: pages of a kind that has `field`, with nothing in it nor in what stands for it."""
    condition = Q(pk__in=[])
    for model in written_kinds():
        if _has_field(model, field):
            missing = _is_empty(model, field)
            if stand_in := model.stand_ins.get(field):
                missing &= _is_empty(model, stand_in)
            condition |= Q(pk__in=model.objects.filter(missing).order_by().values("pk"))
    return condition


def _has_field(model: type[Model], name: str) -> bool:
    return name in {field.name for field in model._meta.get_fields()}


def _is_empty(model: type[Model], name: str) -> Q:
    field = model._meta.get_field(name)
    if field.is_relation:
        return Q(**{f"{name}__isnull": True})
    return Q(**{name: [] if isinstance(field, StreamField) else ""})


def _live(user) -> PageQuerySet:
    return looked_after_by(user).live().annotate(desk_at=F("last_published_at"))


def find_lacking(*fields: str):
    def find(user) -> PageQuerySet:
        condition = Q(pk__in=[])
        for field in fields:
            condition |= lacks(field)
        return _live(user).filter(condition)

    return find


def find_incomplete(user) -> PageQuerySet:
    pages = find_lacking("cover", "summary")(user)
    flags = {
        f"lacks_{field}": ExpressionWrapper(lacks(field), output_field=BooleanField())
        for field in ("cover", "summary")
    }
    return pages.annotate(**flags)


def find_stale(user) -> PageQuerySet:
    before = timezone.now() - STALE
    return _live(user).type(*written_kinds()).filter(last_published_at__lt=before)


def kinds_that_expire() -> list[type[BasePage]]:
    """Those whose editors mark what is no longer in force: entries of the knowledge base."""
    return [model for model in written_kinds() if _has_field(model, "is_expired")]


def find_expired(user) -> PageQuerySet:
    condition = Q(pk__in=[])
    for model in kinds_that_expire():
        expired = model.objects.filter(is_expired=True).order_by()
        condition |= Q(pk__in=expired.values("pk"))
    return _live(user).filter(condition)


def _note_incomplete(page) -> str:
    parts = [(page.lacks_cover, _("缺封面图")), (page.lacks_summary, _("缺摘要"))]
    return "、".join(text for is_lacking, text in parts if is_lacking)


def _note_nothing(_page) -> str:
    return ""


def _note_stale(page) -> str:
    years = (timezone.now() - page.desk_at).days // 365
    return _("%(years)d 年没有更新了") % {"years": years}


def _health_list(key: str, **facts) -> DeskList:
    facts = {"when": gettext_lazy("最近发布"), "note": _note_nothing, "in_menu": True} | facts
    return DeskList(key=key, **facts)


def health_lists() -> list[DeskList]:
    return [
        _health_list(
            "incomplete",
            title=gettext_lazy("缺图或缺摘要"),
            icon="image",
            empty=gettext_lazy("已发布的页面都有图、有摘要。"),
            find=find_incomplete,
            note=_note_incomplete,
            about=gettext_lazy("图和摘要会显示在列表和分享卡片里，有了更多人愿意点开。"),
            home=70,
            in_menu=False,
        ),
        _health_list(
            "no-cover",
            title=gettext_lazy("没有图片"),
            icon="image",
            empty=gettext_lazy("已发布的页面都有封面图。"),
            find=find_lacking("cover"),
            about=gettext_lazy("有“封面”一栏却没有选图的页面。微课没有封面会用插画，不算在内。"),
        ),
        _health_list(
            "no-summary",
            title=gettext_lazy("没有摘要"),
            icon="doc-empty",
            empty=gettext_lazy("已发布的页面都有摘要。"),
            find=find_lacking("summary"),
            about=gettext_lazy("摘要显示在列表、搜索结果和分享卡片里。"),
        ),
        _health_list(
            "no-body",
            title=gettext_lazy("正文为空"),
            icon="doc-empty-inverse",
            empty=gettext_lazy("已发布的页面都有正文。"),
            find=find_lacking("body"),
            about=gettext_lazy("读者点开什么也看不到。微课有音视频就不算空。"),
        ),
        _health_list(
            "stale",
            title=gettext_lazy("很久没更新"),
            icon="history",
            empty=gettext_lazy("没有两年以上没更新的页面。"),
            find=find_stale,
            note=_note_stale,
            about=gettext_lazy("最近一次发布在两年以前。看看内容还对不对，不用了就取消发布。"),
            order=("desk_at", "pk"),
        ),
        *([_expired_list()] if kinds_that_expire() else []),
    ]


def _expired_list() -> DeskList:
    return _health_list(
        "expired-source",
        title=gettext_lazy("来源已失效"),
        icon="warning",
        empty=gettext_lazy("没有标明“已失效”的页面。"),
        find=find_expired,
        about=gettext_lazy("标了“已失效”还在网上的。看看现行的条目选了没有，别处有没有照着它写。"),
        order=("desk_at", "pk"),
    )
