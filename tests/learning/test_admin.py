"""Plans in the admin: within the manager's scope, of live lessons and quizzes, until frozen."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from config.groups import FEDERATION_MANAGERS, set_up_groups
from courses.models import CoursePage, LessonPage
from learning.models import Plan, Standing
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(tree, home):
    set_up_groups(root_page=home)
    manager = make_staff(tree.town)
    manager.groups.add(manager.groups.model.objects.get(name=FEDERATION_MANAGERS))
    return manager


@pytest.fixture
def lesson(academy):
    course = academy.add_child(instance=CoursePage(title="家庭教育", slug="jiating"))
    return course.add_child(instance=LessonPage(title="第一课", slug="yi", body="<p>正文</p>"))


def plan_data(federation, *pages, **fields):
    data = {
        "title": "三月学习",
        "federation": federation.pk,
        "reach": "subtree",
        "opens_at": "2026-03-01 00:00",
        "cutoff_at": "",
        "items-TOTAL_FORMS": len(pages),
        "items-INITIAL_FORMS": 0,
        "items-MIN_NUM_FORMS": 0,
        "items-MAX_NUM_FORMS": 1000,
    }
    for number, page in enumerate(pages):
        prefix = f"items-{number}"
        data |= {f"{prefix}-page": page.pk, f"{prefix}-is_required": "on", f"{prefix}-id": ""}
        data |= {f"{prefix}-ORDER": number + 1, f"{prefix}-DELETE": ""}
    return data | fields


def make_plan(federation, **fields):
    return Plan.objects.create(
        title="任务", federation=federation, opens_at=timezone.now() - timedelta(days=9), **fields
    )


def test_plan_is_saved_with_its_items(client, tree, manager, lesson):
    client.force_login(manager)

    client.post(reverse("plan:add"), plan_data(tree.town, lesson))

    assert [item.page_id for item in Plan.objects.get().items.all()] == [lesson.pk]


def test_saved_plan_gets_its_standings(
    client, tree, manager, lesson, django_capture_on_commit_callbacks
):
    make_committee_member(tree.village)
    client.force_login(manager)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("plan:add"), plan_data(tree.town, lesson))

    assert Standing.objects.get(federation=tree.town).subtree_due == 1


def test_plan_above_is_refused(client, tree, manager, lesson):
    client.force_login(manager)

    response = client.post(reverse("plan:add"), plan_data(tree.county, lesson))

    assert response.context["form"].errors["federation"] == ["请选择您管理范围内的妇联。"]


def test_plan_without_items_is_refused(client, tree, manager):
    client.force_login(manager)

    response = client.post(reverse("plan:add"), plan_data(tree.town))

    assert response.context["form"].non_field_errors() == [
        "学习任务至少要有一项内容，请添加课程、微课或测验。"
    ]


def test_page_of_another_kind_is_refused(client, tree, manager, academy):
    client.force_login(manager)

    response = client.post(reverse("plan:add"), plan_data(tree.town, academy))

    assert response.context["form"].non_field_errors() == [
        "“执委学堂”不是课程、微课或测验，请另选。"
    ]


def test_unpublished_page_is_refused(client, tree, manager, lesson):
    lesson.unpublish()
    client.force_login(manager)

    response = client.post(reverse("plan:add"), plan_data(tree.town, lesson))

    assert response.context["form"].non_field_errors() == [
        "“第一课”还没有发布，请先发布它，再放进任务。"
    ]


def test_repeated_page_is_refused(client, tree, manager, lesson):
    client.force_login(manager)

    response = client.post(reverse("plan:add"), plan_data(tree.town, lesson, lesson))

    assert Plan.objects.count() == 0
    assert response.status_code == 200


def test_default_plan_is_not_the_managers_to_choose(client, tree, manager, lesson):
    client.force_login(manager)

    client.post(reverse("plan:add"), plan_data(tree.town, lesson, is_default="on"))

    assert Plan.objects.get().is_default is False


def test_default_plan_takes_no_cut_off(client, tree, home, lesson):
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    data = plan_data(tree.province, lesson, is_default="on", cutoff_at="2026-05-01 00:00")
    response = client.post(reverse("plan:add"), data)

    assert response.context["form"].errors["cutoff_at"] == [
        "默认任务不设截止时间：请清空它，或取消“默认任务”。"
    ]


def test_manager_gives_the_default_plan_no_cut_off(client, tree, manager, lesson):
    plan = make_plan(tree.town, is_default=True)
    client.force_login(manager)

    data = plan_data(tree.town, lesson, cutoff_at="2099-05-01 00:00")
    response = client.post(reverse("plan:edit", args=[plan.pk]), data)

    assert list(response.context["form"].errors) == ["cutoff_at"]


@pytest.mark.parametrize("view", ["edit", "inspect", "history", "usage", "delete"])
def test_plan_outside_scope_is_not_found(client, tree, manager, view):
    plan = make_plan(tree.other_city)
    client.force_login(manager)

    assert client.get(reverse(f"plan:{view}", args=[plan.pk])).status_code == 404


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_frozen_plan_is_only_shown(client, tree, manager, view):
    plan = make_plan(tree.town, frozen_at=timezone.now())
    client.force_login(manager)

    response = client.post(reverse(f"plan:{view}", args=[plan.pk]), {"title": "改"})

    assert response["Location"] == reverse("plan:inspect", args=[plan.pk])
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "“任务”已经截止，成绩已冻结，不能再修改或删除。需要调整请新建一个任务。"
    ]


@pytest.fixture
def frozen_meanwhile():
    """The freeze comes between the view's first look at the plan and its lock."""
    moment = timezone.now()

    def freeze(execute, sql, params, many, context):
        if sql.startswith("SELECT") and '"learning_plan"' in sql and freeze.looks > 0:
            freeze.looks -= 1
        elif freeze.looks == 0 and ("SAVEPOINT" in sql or "BEGIN" in sql):
            freeze.looks = -1
            Plan.objects.update(frozen_at=moment)
        return execute(sql, params, many, context)

    freeze.looks, freeze.moment = 1, moment
    return freeze


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_plan_that_froze_meanwhile_is_only_shown(
    client, tree, manager, lesson, frozen_meanwhile, view
):
    plan = make_plan(tree.town)
    client.force_login(manager)

    with connection.execute_wrapper(frozen_meanwhile):
        response = client.post(
            reverse(f"plan:{view}", args=[plan.pk]), plan_data(tree.town, lesson, title="改")
        )

    plan.refresh_from_db()
    assert response["Location"] == reverse("plan:inspect", args=[plan.pk])
    assert (plan.title, plan.frozen_at) == ("任务", frozen_meanwhile.moment)


def test_frozen_plan_of_others_stays_hidden(client, tree, manager):
    plan = make_plan(tree.other_city, frozen_at=timezone.now())
    client.force_login(manager)

    assert client.get(reverse("plan:edit", args=[plan.pk])).status_code == 404


def test_plan_list_takes_as_many_queries_for_many(client, tree, manager):
    client.force_login(manager)
    make_plan(tree.village)
    count_queries(client, "plan:index")
    few = count_queries(client, "plan:index")

    for _each in range(29):
        make_plan(tree.village)

    assert count_queries(client, "plan:index") == few
