"""Deleting in the admin: never a server error, and no record is lost."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from courses.models import CourseIndexPage, WatchRecord
from learning.models import Plan, PlanItem, Progress
from quizzes.models import Attempt
from tests.factories import make_committee_member, make_member
from tests.pages import make_course, make_lesson, make_quiz_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(client, academy):
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))
    return make_lesson(academy, title="第一课")


@pytest.fixture
def quiz(lesson):
    return make_quiz_page(lesson.get_parent(), title="小测")


def record_progress(tree, lesson, quiz):
    member, now = make_committee_member(tree.village), timezone.now()
    Progress.objects.create(member=member, page=lesson, started_at=now, updated_at=now)
    return lesson


def record_watching(tree, lesson, quiz):
    WatchRecord.objects.create(member=make_committee_member(tree.village), lesson=lesson)
    return lesson


def record_attempt(tree, lesson, quiz):
    member, now = make_committee_member(tree.village), timezone.now()
    Attempt.objects.create(
        member=member, quiz=quiz, number=1, question_count=0, layout=[], started_at=now
    )
    return quiz


def put_into_plan(tree, lesson, quiz):
    plan = Plan.objects.create(title="任务", federation=tree.town, opens_at=timezone.now())
    PlanItem.objects.create(plan=plan, page=lesson)
    return lesson


USES = [record_progress, record_watching, record_attempt, put_into_plan]


def refusal(title: str) -> str:
    return f"《{title}》已有学习记录或在学习任务里，不能删除。可以改为“取消发布”，记录会保留。"


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def bulk_delete(client, *pages):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return client.post(f"{url}?" + "&".join(f"id={page.pk}" for page in pages))


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_used_page_is_not_deleted(client, tree, lesson, quiz, use, method):
    page = use(tree, lesson, quiz)

    response = getattr(client, method)(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert said(response) == [refusal(page.title)]
    assert response["Location"] == reverse("wagtailadmin_explore", args=[page.get_parent().pk])


@pytest.mark.parametrize("use", USES)
def test_page_above_a_used_one_is_not_deleted(client, tree, academy, lesson, quiz, use):
    use(tree, lesson, quiz)
    course = lesson.get_parent()

    response = client.post(reverse("wagtailadmin_pages:delete", args=[course.pk]))

    assert said(response) == [refusal(course.title)]
    assert Page.objects.filter(pk__in=[lesson.pk, quiz.pk]).count() == 2


@pytest.mark.parametrize("use", USES)
def test_used_pages_are_not_deleted_in_bulk(client, tree, lesson, quiz, use):
    used = use(tree, lesson, quiz)

    response = bulk_delete(client, lesson, quiz)

    assert said(response) == [refusal(used.title)]
    assert Page.objects.filter(pk__in=[lesson.pk, quiz.pk]).count() == 2


def test_unused_page_is_deleted(client, lesson):
    client.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))

    assert not Page.objects.filter(pk=lesson.pk).exists()


def test_unused_pages_are_deleted_in_bulk(client, lesson, quiz):
    bulk_delete(client, lesson, quiz)

    assert not Page.objects.filter(pk__in=[lesson.pk, quiz.pk]).exists()


def test_page_of_another_course_does_not_stand_in_the_way(client, tree, home, lesson, quiz):
    record_progress(tree, lesson, quiz)
    other = make_course(home.add_child(instance=CourseIndexPage(title="公开课", slug="courses")))

    client.post(reverse("wagtailadmin_pages:delete", args=[other.pk]))

    assert not Page.objects.filter(pk=other.pk).exists()
