from django.urls import path
from wagtail import hooks

from courses import minutes, page_contexts  # noqa: F401 they register hooks
from courses.admin_views import delete_media
from courses.forms import LessonPageForm
from courses.models import LessonPage

# Set here, not on the class: the form needs models that are not there yet when the page is made.
LessonPage.base_form_class = LessonPageForm


# Before the library's own, which has no hook for it: the first pattern that fits is taken.
@hooks.register("register_admin_urls", order=-1)
def register_media_urls():
    return [path("media/delete/<int:media_id>/", delete_media)]
