from django.urls import path
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from courses import course_contexts, page_contexts  # noqa: F401 they register hooks
from courses.admin_views import delete_media
from courses.course_forms import CoursePageForm
from courses.forms import LessonPageForm
from courses.models import CoursePage, LessonPage, LifeStage
from courses.stage_admin import STAGE_POLICY, LifeStageViewSet

# Set here, not on the class: the form needs models that are not there yet when the page is made.
LessonPage.base_form_class = LessonPageForm
CoursePage.base_form_class = CoursePageForm

register_permission_policy(LifeStage, STAGE_POLICY, exact_class=True)

stages = LifeStageViewSet()


@hooks.register("register_admin_viewset")
def register_stages():
    return stages


# The group 内容 is made in cms.wagtail_hooks.
@hooks.register("register_content_menu_item")
def register_stage_menu_item():
    return stages.get_menu_item()


# Before the library's own, which has no hook for it: the first pattern that fits is taken.
@hooks.register("register_admin_urls", order=-1)
def register_media_urls():
    return [path("media/delete/<int:media_id>/", delete_media)]
