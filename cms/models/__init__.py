from cms.models.academy import AcademyPage
from cms.models.base import BasePage, Colour
from cms.models.columns import ArticlePage, ColumnIndexPage, ColumnLinkPage, ColumnPage
from cms.models.domains import AllowedDomain
from cms.models.home import HomePage
from cms.models.local import LocalPick, PickKind
from cms.models.search import SearchMiss
from cms.models.stages import LifeStage

__all__ = [
    "AcademyPage",
    "AllowedDomain",
    "ArticlePage",
    "BasePage",
    "Colour",
    "ColumnIndexPage",
    "ColumnLinkPage",
    "ColumnPage",
    "HomePage",
    "LifeStage",
    "LocalPick",
    "PickKind",
    "SearchMiss",
]
