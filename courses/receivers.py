"""What happens to pages and concerns courses: each receiver calls the domain and no more."""

from functools import partial

from django.db import transaction
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.receivers.kept_pages import forget_with
from courses.domain.timeline import forget_timeline
from courses.models import CoursePage, LessonMedia, LessonPage
from courses.tasks import look_again


def on_changed(sender, instance, **_kwargs) -> None:
    # What another request reads before the commit is still the old page.
    if issubclass(sender, LessonPage):
        transaction.on_commit(partial(forget_timeline, instance.pk))
    course = instance if issubclass(sender, CoursePage) else instance.get_parent()
    if course and course.specific_class is CoursePage:
        transaction.on_commit(partial(look_again.delay, course.pk))


def connect() -> None:
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(on_changed, dispatch_uid="course_changed")
    forget_with(LessonMedia)
