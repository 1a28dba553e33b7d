from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from courses import (  # noqa: F401 they register hooks
    article_recordings,
    audio_contexts,
    column_kinds,
    course_contexts,
    lesson_context,
    minutes,
    own_data,
    page_contexts,
    search_kinds,
)
from courses.admin_views.episodes import calendar
from courses.admin_views.media import delete_media, encode_again, media_progress
from courses.admin_views.uploads import begin, chunk
from courses.attachments import guard_document
from courses.course_forms import CoursePageForm
from courses.domain.erasing import erase_watching
from courses.domain.merging import merge_watching
from courses.forms import LessonPageForm
from courses.models import AudioColumnPage, CoursePage, LessonPage

# Set here, not on the class: the form needs models that are not there yet when the page is made.
LessonPage.base_form_class = LessonPageForm
CoursePage.base_form_class = CoursePageForm

hooks.register("merge_members", merge_watching, order=20)
hooks.register("erase_member", erase_watching)


# Before the library's own, which has no hook for it: the first pattern that fits is taken.
@hooks.register("register_admin_urls", order=-1)
def register_media_urls():
    return [
        path("media/delete/<int:media_id>/", delete_media),
        path("media/<int:media_id>/progress/", media_progress, name="media_progress"),
        path("media/<int:media_id>/encode/", encode_again, name="media_encode"),
        path("media/uploads/", begin, name="media_upload_begin"),
        path("media/uploads/<uuid:pk>/", chunk, name="media_upload"),
    ]


@hooks.register("register_admin_urls")
def register_calendar_url():
    return [path("episodes/<int:page_id>/", calendar, name="episode_calendar")]


@hooks.register("register_page_header_buttons")
def add_calendar_button(page, user, view_name, next_url=None):
    if isinstance(page, AudioColumnPage) and page.permissions_for_user(user).can_edit():
        url = reverse("episode_calendar", args=[page.pk])
        yield Button(_("排期与收听"), url, icon_name="date", priority=5)


@hooks.register("insert_editor_js")
def load_upload_script():
    """The page editor's chooser uploads in chunks too."""
    return format_html('<script defer src="{}"></script>', static("js/admin-upload.js"))


hooks.register("before_serve_document", guard_document)
