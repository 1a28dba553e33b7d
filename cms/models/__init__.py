from cms.models.academy import AcademyPage
from cms.models.base import BasePage, Colour
from cms.models.columns import ArticlePage, ColumnIndexPage, ColumnLinkPage, ColumnPage
from cms.models.domains import AllowedDomain
from cms.models.home import HomePage
from cms.models.links import OutsideAddress, PageLink
from cms.models.local import LocalPick, PickKind
from cms.models.reviews import (
    Correction,
    ReadOnlyError,
    RecordKind,
    ReviewRecord,
    ReviewStep,
    ReviewTask,
    ReviewTaskState,
)
from cms.models.search import SearchMiss
from cms.models.stages import LifeStage
from cms.models.words import SensitiveWord, Severity, WordKind

__all__ = [
    "AcademyPage",
    "AllowedDomain",
    "ArticlePage",
    "BasePage",
    "Colour",
    "ColumnIndexPage",
    "ColumnLinkPage",
    "ColumnPage",
    "Correction",
    "HomePage",
    "LifeStage",
    "LocalPick",
    "OutsideAddress",
    "PageLink",
    "PickKind",
    "ReadOnlyError",
    "RecordKind",
    "ReviewRecord",
    "ReviewStep",
    "ReviewTask",
    "ReviewTaskState",
    "SearchMiss",
    "SensitiveWord",
    "Severity",
    "WordKind",
]
