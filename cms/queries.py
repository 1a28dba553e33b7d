"""Reads for the listings, shaped for the templates."""

from collections import Counter

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
