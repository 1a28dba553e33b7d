"""What staff do to a plan: within scope, under its lock, each with a line in its record."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from learning.domain.plans import PlanChanged, PlanFrozen, edit_plan, pause_plan, resume_plan
from learning.domain.standings import rebuild_standings
from learning.models import Plan, PlanEvent, PlanItem
from learning.queries_plans import plans_to_learn
from tests.factories import make_committee_member, make_staff
from tests.learning.test_admin import lesson, manager, plan_data  # noqa: F401 fixtures
from tests.learning.test_mine import make_plan

NOW = timezone.now()


def stamp(moment) -> str:
    return localtime(moment).strftime("%Y-%m-%d %H:%M")


def edit_data(plan, *pages, **fields):
    """The edit form as it is shown, with some fields changed."""
    items = {item.page_id: item.pk for item in plan.items.all()}
    data = plan_data(plan.federation, *pages, title=plan.title, opens_at=stamp(plan.opens_at))
    data["items-INITIAL_FORMS"] = len(items)
    for number, page in enumerate(pages):
        data[f"items-{number}-id"] = items.get(page.pk, "")
    cutoff = stamp(plan.cutoff_at) if plan.cutoff_at else ""
    return data | {"version": plan.version, "cutoff_at": cutoff} | fields


def edit(client, plan, *pages, **fields):
    url = reverse("plan:edit", args=[plan.pk])
    return client.post(url, edit_data(plan, *pages, **fields))


@pytest.fixture
def plan(tree, lesson):  # noqa: F811
    return make_plan(tree.town, [lesson], cutoff_at=NOW + timedelta(days=9, seconds=7))


@pytest.fixture
def staff(client, manager):  # noqa: F811
    client.force_login(manager)
    return manager


def kinds() -> list[str]:
    return list(PlanEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_creation_is_in_the_record(client, tree, staff, lesson):  # noqa: F811
    client.post(reverse("plan:add"), plan_data(tree.town, lesson, positions=["主席"]))

    event = PlanEvent.objects.get()
    assert (event.kind, event.by) == ("created", staff)
    assert ["职务", "", "主席"] in event.changes


def test_edit_of_audience_and_target_is_in_the_record(client, staff, plan, lesson):  # noqa: F811
    edit(client, plan, lesson, levels=["5"], target_rate="85")

    event = PlanEvent.objects.get()
    assert event.kind == "edited"
    assert event.changes == [["层级", "全部", "村社区"], ["目标完成率", "不设", "85%"]]


def test_edit_that_changes_nothing_leaves_no_line(client, staff, plan, lesson):  # noqa: F811
    edit(client, plan, lesson)

    plan.refresh_from_db()
    assert (kinds(), plan.cutoff_at.second) == ([], (NOW + timedelta(seconds=7)).second)


def test_extension_asks_for_a_reason(client, staff, plan, lesson):  # noqa: F811
    later = stamp(NOW + timedelta(days=20))
    response = edit(client, plan, lesson, cutoff_at=later, title="填的名称")

    form = response.context["form"]
    assert form.errors["reason"] == ["您改了截止时间，请写明原因。"]
    assert form["title"].value() == "填的名称"


@pytest.mark.parametrize(("days", "kind"), [(20, "extended"), (3, "shortened")])
def test_moved_cutoff_is_in_the_record_with_its_reason(
    client,
    staff,
    plan,
    lesson,  # noqa: F811
    days,
    kind,
):
    moved = stamp(NOW + timedelta(days=days))
    edit(client, plan, lesson, cutoff_at=moved, reason="台风")

    event = PlanEvent.objects.get()
    assert (event.kind, event.reason, event.changes[0][2]) == (kind, "台风", moved)


def test_cutoff_is_not_moved_into_the_past(client, staff, plan, lesson):  # noqa: F811
    plan.opens_at = NOW - timedelta(days=30)
    plan.save()
    past = stamp(NOW - timedelta(days=1))
    response = edit(client, plan, lesson, cutoff_at=past, reason="提前")

    assert response.context["form"].errors["cutoff_at"] == [
        "截止时间要晚于现在，请改一个以后的时间。"
    ]


def test_form_that_was_opened_before_another_edit_overwrites_nothing(
    client,
    staff,
    plan,
    lesson,  # noqa: F811
):
    edit(client, plan, lesson, target_rate="80")
    response = edit(client, plan, lesson, title="另一个名称")

    plan.refresh_from_db()
    assert "有人改过这个任务" in response.context["form"].non_field_errors()[0]
    assert response.context["form"]["title"].value() == "另一个名称"
    assert (plan.target_rate, plan.title) == (80, "任务")


def test_pause_takes_it_off_the_list_and_resuming_brings_it_back(client, staff, plan, tree):
    member = make_committee_member(tree.village)

    client.post(reverse("plan_pause", args=[plan.pk]), {"reason": "台风"})
    paused = plans_to_learn(member, NOW).count()
    client.post(reverse("plan_resume", args=[plan.pk]), {"reason": "台风过了"})

    assert (paused, plans_to_learn(member, NOW).count()) == (0, 1)
    assert kinds() == ["paused", "resumed"]


def test_pause_without_a_reason_changes_nothing(client, staff, plan):
    response = client.post(reverse("plan_pause", args=[plan.pk]), {"reason": ""})

    assert response.context["form"].errors["reason"] == ["请写明原因，它会记在任务的记录里。"]
    assert kinds() == []


def test_pausing_twice_is_one_pause(plan, staff):
    for _each in range(2):
        pause_plan(plan_id=plan.pk, by=staff, reason="台风", now=NOW)

    assert kinds() == ["paused"]


def test_frozen_plan_is_neither_paused_nor_resumed_nor_edited(plan, staff):
    Plan.objects.update(frozen_at=NOW)
    for change in (pause_plan, resume_plan):
        with pytest.raises(PlanFrozen):
            change(plan_id=plan.pk, by=staff, reason="", now=NOW)
    with pytest.raises(PlanFrozen):
        edit_plan(plan=plan, version=1, write=lambda: plan, by=staff, now=NOW)


def test_edit_of_an_older_version_writes_nothing(plan, staff):
    with pytest.raises(PlanChanged):
        edit_plan(plan=plan, version=7, write=plan.delete, by=staff, now=NOW)

    assert Plan.objects.count() == 1


@pytest.mark.parametrize("name", ["plan_pause", "plan_resume", "plan:edit", "plan:copy"])
@pytest.mark.parametrize("place", ["province", "county", "other_town", "dongguan"])
def test_plan_of_superiors_and_siblings_is_not_hers_to_change(
    client, staff, plan, tree, name, place
):
    plan.federation = getattr(tree, place)
    plan.save()
    url = reverse(name, args=[plan.pk])

    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


def test_viewer_changes_nothing(client, plan, tree, home):
    viewer = make_staff(tree.town, "viewer")
    from config.groups import set_up_groups, sync_groups  # noqa: PLC0415 beside its one use

    set_up_groups(root_page=home)
    sync_groups(now=NOW, member_ids=[viewer.pk])
    client.force_login(viewer)
    url = reverse("plan_pause", args=[plan.pk])

    client.post(url, {"reason": "试"})
    plan.refresh_from_db()
    assert (plan.is_paused, client.get(reverse("plan_progress", args=[plan.pk])).status_code) == (
        False,
        200,
    )


def test_copy_is_a_form_with_items_and_audience_that_saves_nothing(
    client,
    staff,
    plan,
    lesson,  # noqa: F811
):
    plan.positions = ["主席"]
    plan.save()
    response = client.get(reverse("plan:copy", args=[plan.pk]))
    form = response.context["form"]

    assert [each.instance.page_id for each in form.formsets["items"].forms] == [lesson.pk]
    assert (form.instance.positions, form.instance.pk) == (("主席",), None)
    assert (Plan.objects.count(), PlanItem.objects.count()) == (1, 1)
    assert response.context["action_url"].endswith(f"?copied={plan.pk}")


def test_saved_copy_says_where_it_came_from(client, staff, plan, tree, lesson):  # noqa: F811
    data = plan_data(tree.town, lesson)
    data["items-INITIAL_FORMS"] = 1
    client.post(f"{reverse('plan:add')}?copied={plan.pk}", data)

    event = PlanEvent.objects.get()
    assert (event.kind, event.reason) == ("copied", "复制自“任务”")
    copy = Plan.objects.latest("pk")
    assert (copy.items.get().page_id, copy.previous) == (lesson.pk, plan)


def test_record_outlives_the_plan(client, staff, plan):
    client.post(reverse("plan:delete", args=[plan.pk]))

    event = PlanEvent.objects.get()
    assert (event.kind, event.plan, event.title, event.by) == ("deleted", None, "任务", staff)


def test_audience_is_counted_before_it_is_saved(client, staff, tree):
    make_committee_member(tree.village)
    make_committee_member(tree.town)
    url = reverse("plan_audience")
    given = {"federation": tree.town.pk, "reach": "subtree"}

    texts = [client.get(url, given | more).content.decode() for more in ({}, {"levels": ["5"]})]
    assert texts == ["按今天的名册，约 2 人要完成。", "按今天的名册，约 1 人要完成。"]


def test_audience_of_others_is_not_counted(client, staff, tree):
    make_committee_member(tree.other_village)
    given = {"federation": tree.other_town.pk, "reach": "subtree"}

    text = client.get(reverse("plan_audience"), given).content.decode()
    assert text == "选好发布妇联后，这里显示有多少人要完成。"


def test_button_counts_without_saving(client, staff, tree, lesson):  # noqa: F811
    make_committee_member(tree.village)
    data = plan_data(tree.town, lesson, count="1", title="填的名称")
    response = client.post(reverse("plan:add"), data)

    assert "约 1 人要完成" in response.content.decode()
    assert (response.context["form"]["title"].value(), Plan.objects.count()) == ("填的名称", 0)


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"reach": "own", "levels": ["5"]}, "levels", "只要本级队伍时不用选层级，请清空。"),
        ({"levels": ["2"]}, "levels", "所选层级都在发布妇联之上，没有人要完成，请重选。"),
        ({"target_rate": "101"}, "target_rate", "确保该值小于或等于100。"),
        ({"reminds_before": "3"}, "reminds_before", "没有截止时间，不能按截止前几天提醒。"),
    ],
)
def test_form_says_what_does_not_fit(client, staff, tree, lesson, fields, field, said):  # noqa: F811
    response = client.post(reverse("plan:add"), plan_data(tree.town, lesson, **fields))

    assert response.context["form"].errors[field] == [said]


def count_rows() -> int:
    """In all tables together."""
    return sum(model._base_manager.count() for model in apps.get_models() if model._meta.managed)


def test_plan_writes_as_many_rows_for_many_members_as_for_one(
    client,
    tree,
    staff,
    lesson,  # noqa: F811
):
    client.post(reverse("plan:add"), plan_data(tree.town, lesson))

    def written(size) -> int:
        for _each in range(size):
            make_committee_member(tree.village)
        before = count_rows()
        client.post(reverse("plan:add"), plan_data(tree.town, lesson))
        rebuild_standings(plan_id=Plan.objects.latest("pk").pk, now=NOW)
        return count_rows() - before

    assert written(1) == written(40)
