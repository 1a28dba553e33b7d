from cms.models.academy import AcademyPage
from cms.models.base import BasePage, Colour
from cms.models.columns import ArticlePage, ColumnIndexPage, ColumnPage
from cms.models.home import HomePage
from cms.models.links import OutsideAddress, PageLink

__all__ = [
    "AcademyPage",
    "ArticlePage",
    "BasePage",
    "Colour",
    "ColumnIndexPage",
    "ColumnPage",
    "HomePage",
    "OutsideAddress",
    "PageLink",
]
