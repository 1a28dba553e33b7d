"""What the templates show about courses and lessons."""

from wagtail import hooks

from courses.data_saving import saves_data
from courses.queries import (
    column_cards,
    continue_card,
    course_cards,
    courses_below,
    lesson_cards,
    lessons_of_courses,
)
from courses.stages import courses_by_stage

NEW_ON_HOME = 4
COLUMNS_ON_HOME = 6


@hooks.register("page_context:cms.homepage")
def home_context(page, request):
    newest = lessons_of_courses(request.user).order_by("-first_published_at", "-pk")[:NEW_ON_HOME]
    columns = column_cards(request.user)
    return {
        "columns": columns[:COLUMNS_ON_HOME],
        "column_count": len(columns),
        "continue_card": continue_card(request.user),
        "new_lessons": lesson_cards(request.user, newest),
    }


@hooks.register("page_context:cms.columnindexpage")
def column_index_context(page, request):
    return {"columns": column_cards(request.user)}


@hooks.register("page_context:cms.academypage")
def academy_context(page, request):
    return {"courses": course_cards(request.user, courses_below(request.user, page))}


@hooks.register("page_context:courses.courseindexpage")
def course_index_context(page, request):
    return courses_by_stage(request, courses_below(request.user, page)) | {"tab": "courses"}


@hooks.register("my_page_context")
def my_page_context(request):
    return {"continue_card": continue_card(request.user), "saves_data": saves_data(request)}
