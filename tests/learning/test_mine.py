from datetime import timedelta

import pytest
from django.urls import reverse

from learning.domain.progress import complete_page
from learning.models import Plan, PlanItem, Progress
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member
from tests.learning.test_standings import NOW
from tests.pages import make_course, make_lesson, make_quiz_page


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def course(academy):
    return make_course(academy)


def make_plan(federation, pages, **fields):
    plan = Plan.objects.create(
        title=fields.pop("title", "任务"),
        federation=federation,
        opens_at=NOW - timedelta(days=1),
        **fields,
    )
    for place, page in enumerate(pages):
        PlanItem.objects.create(plan=plan, page=page, sort_order=place)
    return plan


def test_my_page_says_what_is_left_of_a_plan(client, member, tree, course):
    lessons = [make_lesson(course) for _ in range(3)]
    make_plan(tree.county, lessons)
    complete_page(member=member, page_id=lessons[0].pk, now=NOW)

    (card,) = client.get(reverse("me")).context["plans"]
    assert (card.left_text, card.percent) == ("还有 2 项", 33)


def test_plan_of_another_branch_is_not_mine(client, member, tree, course):
    make_plan(tree.other_city, [make_lesson(course)])

    assert client.get(reverse("me")).context["plans"] == []


def test_my_page_shows_my_appointments_in_full(client, member):
    (shown,) = client.get(reverse("me")).context["appointments"]

    assert shown["title"] == "梅州市梅县区松口镇大黄村妇联执委"


def test_plan_page_leads_to_the_next_item(client, member, tree, course):
    first, second = make_lesson(course, title="第一课"), make_lesson(course, title="第二课")
    plan = make_plan(tree.province, [first, second])
    complete_page(member=member, page_id=first.pk, now=NOW)

    shown = client.get(reverse("learning:plan", args=[plan.pk])).context
    assert shown["next_item"]["title"] == "第二课"


def test_plan_page_of_another_branch_does_not_exist(client, member, tree, course):
    plan = make_plan(tree.other_city, [make_lesson(course)])

    assert client.get(reverse("learning:plan", args=[plan.pk])).status_code == 404


def test_my_page_works_for_someone_without_anything(client, db):
    client.force_login(make_member())

    assert client.get(reverse("me")).context["plans"] == []


def test_best_score_leaves_out_what_is_still_being_marked(client, member, academy):
    for score in (None, 8000, None):
        page = make_quiz_page(academy)
        Progress.objects.create(
            member=member,
            page=page,
            started_at=NOW,
            updated_at=NOW,
            completed_at=NOW,
            handed_in_at=NOW,
            best_score_bp=score,
        )

    page = client.get(reverse("me"))
    shown = page.context
    assert (shown["stats"]["quizzes_done"], shown["best_text"]) == (3, "80")
    assert "80 <small>分</small>" in page.content.decode()


def test_my_page_queries_do_not_grow(client, member, tree, course):
    lessons = [make_lesson(course)]
    make_plan(tree.province, lessons)
    complete_page(member=member, page_id=lessons[0].pk, now=NOW)
    few = count_queries(client, "me")
    for number in range(29):
        lesson = make_lesson(course)
        make_plan(tree.province, [lesson], title=f"任务{number}")
        complete_page(member=member, page_id=lesson.pk, now=NOW)

    assert count_queries(client, "me") == few


def test_plan_page_queries_do_not_grow(client, member, tree, course):
    small = make_plan(tree.province, [make_lesson(course)])
    big = make_plan(tree.province, [make_lesson(course) for _ in range(30)])

    few, many = (
        count_queries(client, reverse("learning:plan", args=[plan.pk])) for plan in (small, big)
    )
    assert few == many


def test_my_page_does_not_tell_a_score_that_its_quiz_hides(client, member, academy):
    hidden = make_quiz_page(academy, review_later=["correctness"])
    Progress.objects.create(
        member=member,
        page=hidden,
        started_at=NOW,
        updated_at=NOW,
        completed_at=NOW,
        handed_in_at=NOW,
        best_score_bp=9500,
    )

    shown = client.get(reverse("me")).context
    assert (shown["stats"]["quizzes_done"], shown["best_text"]) == (1, "")
