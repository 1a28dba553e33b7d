"""Authoring a course: what its outline and its prerequisites may hold."""

import pytest
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.models import CoursePage
from tests.factories import make_member
from tests.pages import make_course, make_lesson


@pytest.fixture
def course(academy):
    return make_course(academy, title="维权实务")


@pytest.fixture
def lesson(course):
    return make_lesson(course, title="第一课")


def item(page, *, is_required=True):
    value = {"page": page.pk} | ({"is_required": "on"} if is_required else {})
    return value


def form_for(course, *, items=(), prerequisites=(), is_draft=False):
    section = {"title": "第一节", "items": _list(items)}
    data = nested_form_data(
        {
            "title": course.title,
            "slug": course.slug,
            "summary": "",
            "teacher": "",
            "stage": "beginner",
            "outline": streamfield([("section", section)] if items else []),
        }
    )
    data["prerequisites"] = [str(each.pk) for each in prerequisites]
    form_class = CoursePage.get_edit_handler().get_form_class()
    user = make_member("管理员", is_staff=True, is_superuser=True)
    form = form_class(data, instance=course, for_user=user, parent_page=course.get_parent())
    if is_draft:
        form.defer_required_fields()
    return form


def _list(items):
    fields = {"count": str(len(items))}
    for place, value in enumerate(items):
        fields |= {
            f"{place}-{name}": text
            for name, text in {"deleted": "", "order": place, "type": "item", "id": ""}.items()
        }
        fields |= {f"{place}-value-{name}": text for name, text in value.items()}
    return fields


def problems(form, field):
    return "".join(str(each) for each in form.errors.get(field, []))


def test_lessons_of_this_course_make_an_outline(course, lesson):
    form = form_for(course, items=[item(lesson)])

    assert form.is_valid(), form.errors
    (section,) = form.save().outline
    assert (section.value["title"], section.value["items"][0]["page"].pk) == ("第一节", lesson.pk)


def test_lesson_of_another_course_is_refused_by_name(course, academy):
    elsewhere = make_lesson(academy, title="别处的课")

    assert "《别处的课》不在这门课下面" in problems(
        form_for(course, items=[item(elsewhere)]), "outline"
    )


def test_lesson_stands_once(course, lesson):
    form = form_for(course, items=[item(lesson), item(lesson)])

    assert "《第一课》在目录里出现了两次" in problems(form, "outline")


@pytest.mark.parametrize("is_draft", [True, False])
def test_something_must_be_required_to_publish(course, lesson, is_draft):
    form = form_for(course, items=[item(lesson, is_required=False)], is_draft=is_draft)

    assert ("至少要有一项必学" in problems(form, "outline")) is not is_draft


def test_courses_cannot_wait_for_each_other(course, academy):
    between = make_course(academy, title="中间课")
    between.prerequisites.add(course)
    between.save()
    far = make_course(academy, title="远处课")
    far.prerequisites.add(between)
    far.save()

    assert "《远处课》自己就要先学这门课" in problems(
        form_for(course, prerequisites=[far]), "prerequisites"
    )


def test_prerequisite_is_another_live_course(course, academy):
    draft = make_course(academy, live=False)

    for chosen in (course, draft):
        assert form_for(course, prerequisites=[chosen]).errors["prerequisites"]
    assert form_for(course, prerequisites=[make_course(academy)]).is_valid()
