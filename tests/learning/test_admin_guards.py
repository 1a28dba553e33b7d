"""A page that a running plan requires is not unpublished in the admin."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from learning.models import Plan, PlanItem
from tests.factories import make_member
from tests.pages import make_lesson

pytestmark = pytest.mark.django_db

REFUSAL = "它是学习任务“三月学习”的必修内容，请先从任务里移除。"
REFUSAL_BELOW = "《第一课》是学习任务“三月学习”的必修内容，请先从任务里移除。"


@pytest.fixture
def lesson(client, academy):
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))
    return make_lesson(academy, title="第一课")


def require(page, tree, *, is_required=True, **fields):
    plan = Plan.objects.create(
        title="三月学习", federation=tree.town, opens_at=timezone.now(), **fields
    )
    PlanItem.objects.create(plan=plan, page=page, is_required=is_required)


def unpublish(client, page, **data):
    data |= {"reason": "过期"}
    response = client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), data)
    page.refresh_from_db()
    return response


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_required_page_stays_published(client, tree, lesson):
    require(lesson, tree)

    response = unpublish(client, lesson)

    assert (said(response), lesson.live) == ([REFUSAL], True)


def test_course_with_a_required_lesson_is_unpublished_without_it(client, tree, lesson):
    require(lesson, tree)
    course = lesson.get_parent()

    unpublish(client, course)

    lesson.refresh_from_db()
    assert (course.live, lesson.live) == (False, True)


def test_course_with_a_required_lesson_is_not_unpublished_as_a_whole(client, tree, lesson):
    require(lesson, tree)

    response = unpublish(client, lesson.get_parent(), include_descendants="on")

    lesson.refresh_from_db()
    assert (said(response), lesson.live) == ([REFUSAL_BELOW], True)


@pytest.mark.parametrize("case", [{"is_required": False}, {"frozen_at": timezone.now()}])
def test_page_that_nobody_waits_for_is_unpublished(client, tree, lesson, case):
    require(lesson, tree, **case)

    unpublish(client, lesson)

    assert lesson.live is False
