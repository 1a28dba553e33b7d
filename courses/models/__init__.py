from courses.models.media import LessonMedia
from courses.models.pages import CourseIndexPage, CoursePage, LessonPage
from courses.models.stages import LifeStage
from courses.models.watching import WatchBudget, WatchRecord

__all__ = [
    "CourseIndexPage",
    "CoursePage",
    "LessonMedia",
    "LessonPage",
    "LifeStage",
    "WatchBudget",
    "WatchRecord",
]
