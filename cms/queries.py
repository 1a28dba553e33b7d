"""Reads for the listings, shaped for the templates."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.cache import cache
from django.db.models import Count, Prefetch
from django.db.models.functions import Left
from wagtail.images import get_image_model

from cms.models import AcademyPage, ArticlePage, ColumnLinkPage, ColumnPage

# What a visitor may open is less than what those who sign in may.
COUNTS_CACHE_KEYS = {False: "article-counts-visitors", True: "article-counts-members"}
COUNTS_CACHE_SECONDS = 60
LINK_COVER = "fill-400x226"


def count_articles_by_column(member) -> Counter:
    """Articles that `member` may open, per column id: counted in the database, a minute old at
    most."""
    is_known = member.is_authenticated
    count = partial(_count_articles, is_known=is_known)
    return cache.get_or_set(COUNTS_CACHE_KEYS[is_known], count, COUNTS_CACHE_SECONDS)


def _count_articles(*, is_known: bool) -> Counter:
    columns = dict(ColumnPage.objects.values_list("path", "pk"))
    counts: Counter = Counter()
    # Columns lie at one depth; a moved one would only add a second length here.
    for length in {len(path) for path in columns}:
        articles = ArticlePage.objects.live() if is_known else ArticlePage.objects.live().public()
        articles = articles.annotate(column_path=Left("path", length))
        rows = articles.order_by().values_list("column_path").annotate(n=Count("pk"))
        counts.update({columns[path]: n for path, n in rows if path in columns})
    return counts


def academy_paths() -> list[str]:
    """Tree paths of the members' sections; what lies below them is for committee members."""
    return list(AcademyPage.objects.values_list("path", flat=True))


@dataclass(frozen=True)
class ArticleCard:
    title: str
    url: str
    summary: str
    column: str
    date: datetime | None


def article_cards(articles, *, names_column: bool = True) -> list[ArticleCard]:
    """Cards for the articles, each with its live column's name: one query for all the columns."""
    articles = list(articles)
    titles = _column_titles(articles) if names_column else {}
    return [
        ArticleCard(
            title=article.title,
            url=article.url,
            summary=article.summary,
            column=titles.get(article.path[: -article.steplen], ""),
            date=article.first_published_at,
        )
        for article in articles
    ]


def _column_titles(articles) -> dict[str, str]:
    parents = {article.path[: -article.steplen] for article in articles}
    return dict(ColumnPage.objects.live().filter(path__in=parents).values_list("path", "title"))


@dataclass(frozen=True)
class LinkCard:
    title: str
    url: str
    summary: str
    image: object
    # Where it leads outside.
    host: str
    date: datetime | None


def link_cards(links) -> list[LinkCard]:
    return [
        LinkCard(
            title=link.title,
            url=link.destination,
            summary=link.summary,
            image=link.cover.get_rendition(LINK_COVER) if link.cover else None,
            host=link.host,
            date=link.first_published_at,
        )
        for link in links
    ]


def links_with_covers():
    covers = get_image_model().objects.prefetch_renditions(LINK_COVER)
    links = ColumnLinkPage.objects.select_related("target")
    return links.prefetch_related(Prefetch("cover", covers))
