"""Pages for tests, made as an editor would: live, below their proper parents."""

from itertools import count

from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from quizzes.models import QuizPage

numbers = count(1)


def make_course(parent: Page, **fields) -> CoursePage:
    fields.setdefault("title", f"课程{next(numbers)}")
    return parent.add_child(instance=CoursePage(slug=f"course-{next(numbers)}", **fields))


def make_lesson(parent: Page, **fields) -> LessonPage:
    """A lesson below `parent`, which is a course or gets one of its own."""
    course = parent if isinstance(parent, CoursePage) else make_course(parent)
    fields.setdefault("title", f"微课{next(numbers)}")
    return course.add_child(instance=LessonPage(slug=f"lesson-{next(numbers)}", **fields))


def make_quiz_page(parent: Page, **fields) -> QuizPage:
    fields.setdefault("title", f"测验{next(numbers)}")
    return parent.add_child(instance=QuizPage(slug=f"quiz-{next(numbers)}", **fields))
