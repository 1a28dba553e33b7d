"""What an article shows beside its text: its neighbours in the column, and what goes with it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from wagtail import hooks
from wagtail.models import Page

from cms.access import visible_to
from cms.models import ArticlePage
from cms.page_cache.store import remember
from cms.queries import article_cards

RELATED = 3
SEARCH = "/search/"


@dataclass(frozen=True)
class Link:
    title: str
    url: str

    @classmethod
    def to(cls, page: Page | None) -> "Link | None":
        return cls(page.title, page.url) if page else None


@hooks.register("page_context:cms.articlepage")
def article_context(page: ArticlePage, request) -> dict:
    """The same for all visitors, and for all members, whose pages differ otherwise."""
    if getattr(request, "is_preview", False):
        return beside(page, request.user)
    audience = "members" if request.user.is_authenticated else "visitors"
    return remember(f"beside:{page.pk}:{audience}", lambda: beside(page, request.user))


def beside(page: ArticlePage, member) -> dict:
    tags = list(page.tags.all())
    others = visible_to(member, ArticlePage.objects.exclude(pk=page.pk)).defer("body")
    return {
        "column": Link.to(_live_parent(page)),
        "owner": page.federation.title if page.federation else "",
        "tags": tag_links(tags),
        "related": article_cards(related_articles(page, others, tags)),
        **neighbours(page, others),
    }


def _live_parent(page: ArticlePage) -> Page | None:
    """A column that was taken down is not named by what was left in it."""
    parent = page.get_parent()
    return parent if parent.live else None


def tag_links(tags: list) -> list[Link]:
    return [Link(tag.name, f"{SEARCH}?{urlencode({'tag': tag.name})}") for tag in tags]


def related_articles(page: ArticlePage, others: QuerySet, tags: list) -> list[ArticlePage]:
    """Those that share a tag, the newest first; filled up with the newest of the column."""
    found = []
    # A draft may have tags that were never saved.
    if known := [tag.pk for tag in tags if tag.pk]:
        found = list(others.filter(tags__in=known).distinct().newest_first()[:RELATED])
    siblings = others.sibling_of(page).exclude(pk__in=[article.pk for article in found])
    return found + list(siblings.newest_first()[: RELATED - len(found)])


def neighbours(page: ArticlePage, others: QuerySet) -> dict[str, Link | None]:
    """The next older and the next newer article of the column, as its list has them."""
    moment, siblings = page.first_published_at, others.sibling_of(page)
    if moment is None:
        return {}
    # The bound beside the exact condition lets the database walk along the index of dates.
    older = siblings.filter(first_published_at__lte=moment).filter(
        Q(first_published_at__lt=moment) | Q(pk__lt=page.pk)
    )
    newer = siblings.filter(first_published_at__gte=moment).filter(
        Q(first_published_at__gt=moment) | Q(pk__gt=page.pk)
    )
    return {
        "older": Link.to(older.order_by("-first_published_at", "-pk").first()),
        "newer": Link.to(newer.order_by("first_published_at", "pk").first()),
    }
