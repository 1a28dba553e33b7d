"""Courses, lessons and quizzes enough for everybody's records."""

from dataclasses import dataclass

from cms.models import AcademyPage
from courses.models import CoursePage, LessonPage
from quizzes.models import QuizPage

LESSONS_PER_COURSE = 8
# One page in five is a quiz.
QUIZ_EVERY = 5
# Seconds: two short lessons, one of twenty minutes, one of more than half an hour.
LENGTHS = (480, 840, 1260, 2100)


@dataclass(frozen=True)
class ScalePage:
    """`seconds` is a lesson's length; None: it is a quiz."""

    pk: int
    seconds: int | None

    @property
    def is_quiz(self) -> bool:
        return self.seconds is None


def make_pages(count: int) -> list[ScalePage]:
    academy = AcademyPage.objects.get()
    pages, course = [], None
    for number in range(1, count + 1):
        if number % QUIZ_EVERY == 0:
            quiz = QuizPage(title=f"第 {number // QUIZ_EVERY} 次小测", slug=f"quiz-{number}")
            pages.append(ScalePage(academy.add_child(instance=quiz).pk, None))
            continue
        lessons = len(pages) - number // QUIZ_EVERY
        if lessons % LESSONS_PER_COURSE == 0:
            title = f"履职课程 {lessons // LESSONS_PER_COURSE + 1}"
            course = academy.add_child(instance=CoursePage(title=title, slug=f"course-{number}"))
        lesson = LessonPage(title=f"微课 {number}", slug=f"lesson-{number}")
        seconds = LENGTHS[lessons % len(LENGTHS)]
        pages.append(ScalePage(course.add_child(instance=lesson).pk, seconds))
    return pages
