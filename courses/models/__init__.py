from courses.models.listening import AudioColumnPage, EpisodePlays
from courses.models.media import LessonMedia, MediaState
from courses.models.pages import (
    CourseIndexPage,
    CoursePage,
    LessonAttachment,
    LessonCheck,
    LessonPage,
)
from courses.models.upload import MediaUpload
from courses.models.watching import WatchBudget, WatchRecord

__all__ = [
    "AudioColumnPage",
    "CourseIndexPage",
    "CoursePage",
    "EpisodePlays",
    "LessonAttachment",
    "LessonCheck",
    "LessonMedia",
    "LessonPage",
    "MediaState",
    "MediaUpload",
    "WatchBudget",
    "WatchRecord",
]
