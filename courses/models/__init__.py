from courses.models.media import LessonMedia
from courses.models.pages import (
    CourseIndexPage,
    CoursePage,
    LessonAttachment,
    LessonCheck,
    LessonPage,
)
from courses.models.watching import WatchBudget, WatchRecord

__all__ = [
    "CourseIndexPage",
    "CoursePage",
    "LessonAttachment",
    "LessonCheck",
    "LessonMedia",
    "LessonPage",
    "WatchBudget",
    "WatchRecord",
]
