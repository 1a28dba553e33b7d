from cms.models.academy import AcademyPage
from cms.models.base import BasePage, Colour
from cms.models.columns import ArticlePage, ColumnIndexPage, ColumnPage
from cms.models.home import HomePage
from cms.models.links import OutsideAddress, PageLink
from cms.models.reviews import (
    Correction,
    ReadOnlyError,
    RecordKind,
    ReviewRecord,
    ReviewStep,
    ReviewTask,
    ReviewTaskState,
)
from cms.models.words import SensitiveWord, Severity, WordKind

__all__ = [
    "AcademyPage",
    "ArticlePage",
    "BasePage",
    "Colour",
    "ColumnIndexPage",
    "ColumnPage",
    "Correction",
    "HomePage",
    "OutsideAddress",
    "PageLink",
    "ReadOnlyError",
    "RecordKind",
    "ReviewRecord",
    "ReviewStep",
    "ReviewTask",
    "ReviewTaskState",
    "SensitiveWord",
    "Severity",
    "WordKind",
]
