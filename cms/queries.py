"""Reads for the listings, shaped for the templates."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from cms.models import AcademyPage, ArticlePage, ColumnPage


def live_columns():
    """The live columns in the editors' order."""
    return ColumnPage.objects.live().order_by("path")


def count_articles_by_column() -> Counter:
    """Live articles per column id."""
    paths = ArticlePage.objects.live().values_list("path", flat=True)
    by_path = Counter(path[: -ArticlePage.steplen] for path in paths)
    columns = ColumnPage.objects.values_list("pk", "path")
    return Counter({pk: by_path[path] for pk, path in columns})


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


def article_cards(articles) -> list[ArticleCard]:
    """Cards for the articles, each with its column's name: one query for all the columns."""
    articles = list(articles)
    parents = {article.path[: -article.steplen] for article in articles}
    titles = dict(ColumnPage.objects.filter(path__in=parents).values_list("path", "title"))
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
