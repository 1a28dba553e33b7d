"""总览: every figure equals the list that its link opens, for random teams."""

import random
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from federations.models import Appointment, StaffRoleType
from learning.domain.boards import open_boards
from learning.domain.progress import complete_page, record_score, start_page
from learning.domain.standings import freeze_due_plans
from learning.models import LedgerEntry, Plan, PlanRosterEntry, PointRule, Standing
from tests.counting import count_queries
from tests.factories import make_committee_member, make_staff
from tests.learning.desk.conftest import NOW
from tests.learning.test_mine import make_plan


def show(client, place=None) -> dict:
    return client.get(reverse("desk_overview"), {"federation": place.pk} if place else {}).context


def follow(client, url: str) -> int:
    """How many the list behind a link holds, page by page."""
    page = client.get(url).context["page_obj"]
    rest = [client.get(f"{url}&p={number}") for number in range(2, page.paginator.num_pages + 1)]
    listed = len(page.object_list) + sum(len(each.context["page_obj"].object_list) for each in rest)
    assert listed == page.paginator.count
    return listed


def figures_of(facts: dict) -> list[tuple[int, str]]:
    """Every number of the page with its link."""
    found = [(each["count"], each["url"]) for each in facts["figures"]]
    for task in facts["tasks"]:
        found += [(task["due"], task["due_url"]), (task["missing"], task["missing_url"])]
        found += [(rate["part"], rate["url"]) for rate in task["rates"]]
    found += [(week["joined"], week["url"]) for week in facts["weeks"]]
    if facts["lagging"]:
        found += [(unit["missing"], unit["url"]) for unit in facts["lagging"]["lowest"]]
        found += [(unit["missing"], unit["url"]) for unit in facts["lagging"]["silent"]]
    if facts["step"]:
        found.append((facts["step"]["count"], facts["step"]["list_url"]))
    return [*found, (facts["ending"]["count"], facts["ending"]["url"])]


def learn_today(member, behaviour="lesson_micro") -> None:
    rule, _made = PointRule.objects.get_or_create(
        behaviour=behaviour, defaults={"points": 1, "starts_on": localdate()}
    )
    LedgerEntry.objects.create(
        member=member,
        rule=rule,
        key=f"{behaviour}-{member.pk}",
        kind="earned",
        points=1,
        credit=0,
        occurred_at=NOW,
        day=localdate(),
        written_at=NOW,
    )


def fill(desks, places, dice) -> None:
    for _each in range(60):
        member = make_committee_member(dice.choice(places))
        if dice.random() < 0.7:
            start_page(member=member, page_id=desks.lesson.pk, now=NOW)
        if dice.random() < 0.5:
            complete_page(member=member, page_id=desks.lesson.pk, now=NOW)
            learn_today(member)
        if dice.random() < 0.5:
            bp = dice.randint(0, 10_000)
            record_score(
                member=member, page_id=desks.quiz.pk, score_bp=bp, has_passed=bp > 6000, now=NOW
            )
            learn_today(member, "quiz_handed_in")
        if dice.random() < 0.3:
            ends_on = localdate() + timedelta(days=dice.choice([0, 30, 60, 61]))
            Appointment.objects.filter(member=member).update(ends_on=ends_on)
    make_plan(desks.tree.city, [desks.lesson], title="市里的任务")
    open_boards(now=NOW)
    desks.fold()


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("place", ["province", "county", "town", "village"])
def test_each_figure_is_the_count_of_its_list(client, desks, tree, seed, place):
    fill(desks, [tree.county, tree.town, tree.village, tree.sibling_village], random.Random(seed))
    desks.enter(client, getattr(tree, place))
    figures = figures_of(show(client))

    assert [count for count, _url in figures] == [follow(client, url) for _count, url in figures]
    assert len(figures) >= 11


def make_week(desks, joined: int) -> Plan:
    """A frozen week with its roster, as the freeze leaves it."""
    week = Plan.boards.create(
        kind="period",
        key="week-x",
        span="week",
        title="上周",
        federation=desks.tree.province,
        opens_at=NOW - timedelta(days=10),
        cutoff_at=NOW - timedelta(days=3),
        frozen_at=NOW - timedelta(days=3),
    )
    held = Appointment.objects.filter(federation=desks.tree.village).order_by("pk")
    for number, each in enumerate(held):
        PlanRosterEntry.objects.create(
            plan=week,
            member=each.member,
            federation=each.federation,
            position=each.position,
            has_joined=number < joined,
            has_completed=False,
            done=0,
        )
    Standing.objects.create(
        plan=week,
        federation=desks.tree.village,
        subtree_due=len(held),
        subtree_joined=joined,
        updated_at=NOW,
    )
    return week


def test_trend_shows_weeks_that_open_their_lists(client, desks, tree):
    make_week(desks, joined=3)
    desks.enter(client, tree.village)
    (week,) = show(client)["weeks"]

    assert (week["joined"], week["due"], week["text"]) == (3, 4, "75%")
    assert follow(client, week["url"]) == 3


def test_next_step_is_the_task_that_closes_first(client, desks, tree):
    soon = make_plan(tree.city, [desks.lesson], title="快截止", cutoff_at=NOW + timedelta(days=2))
    Standing.objects.create(
        plan=soon, federation=tree.town, subtree_due=4, subtree_completed=2, updated_at=NOW
    )
    desks.enter(client, tree.town)
    step = show(client)["step"]

    assert (step["title"], step["count"]) == ("快截止", 2)
    assert step["remind_url"].startswith(reverse("desk_reminders"))


def test_viewer_is_offered_no_reminder(client, desks, tree):
    desks.enter(client, tree.town, StaffRoleType.VIEWER)
    facts = client.get(reverse("desk_overview"))

    assert facts.context["step"]["remind_url"] is None
    assert reverse("desk_reminders") not in facts.content.decode()


def test_coming_lists_cut_offs_and_automatic_reminders(client, desks, tree):
    Plan.objects.filter(pk=desks.plan.pk).update(reminds_before=3)
    desks.enter(client, tree.town)

    assert [each["text"] for each in show(client)["coming"]] == [
        "自动提醒“春季任务”没完成的人",
        "“春季任务”截止",
    ]


def test_units_where_nobody_takes_part_are_named(client, desks, tree):
    make_committee_member(tree.sibling_village)
    desks.fold()
    desks.enter(client, tree.town)
    lagging = show(client)["lagging"]

    assert [each["name"] for each in lagging["silent"]] == ["小黄村"]
    assert [(each["name"], each["text"]) for each in lagging["lowest"]] == [("大黄村", "25%")]


def test_closed_task_is_no_longer_shown(client, desks, tree):
    Plan.objects.update(cutoff_at=NOW - timedelta(minutes=5))
    freeze_due_plans(now=NOW)
    desks.enter(client, tree.town)

    assert (show(client)["tasks"], show(client)["step"]) == ([], None)


@pytest.mark.parametrize(
    ("place", "status"),
    [("village", 200), ("town", 200), ("county", 404), ("other_town", 404)],
)
@pytest.mark.parametrize("name", ["desk_overview", "desk_today"])
def test_places_above_and_beside_do_not_exist(client, desks, tree, name, place, status):
    desks.enter(client, tree.town)
    url = reverse(name, args=["learned"] if name == "desk_today" else [])

    found = client.get(url, {"federation": getattr(tree, place).pk})
    assert found.status_code == status


def test_fact_that_is_none_does_not_exist(client, desks, tree):
    desks.enter(client, tree.town)

    assert client.get(reverse("desk_today", args=["x"])).status_code == 404


def test_nobody_comes_in_without_a_role(client, desks, tree):
    client.force_login(make_committee_member(tree.village))

    assert client.get(reverse("desk_overview")).status_code == 403


def test_my_page_leads_staff_to_the_desk(client, desks, tree):
    client.force_login(make_staff(tree.town))
    staff = client.get(reverse("me")).content.decode()
    client.force_login(make_committee_member(tree.village))

    assert reverse("desk_overview") in staff
    assert reverse("desk_overview") not in client.get(reverse("me")).content.decode()


def test_page_takes_few_queries_and_no_more_for_many_tasks(client, desks, tree):
    desks.enter(client, tree.town)
    few = count_queries(client, "desk_overview")
    for number in range(19):
        make_plan(tree.city, [desks.lesson], title=f"任务{number}")
    for _each in range(7):
        desks.add_team(tree.sibling_village)
    desks.fold()

    assert count_queries(client, "desk_overview") == few
    assert few <= 15


@pytest.mark.parametrize(("place", "shown"), [("county", 1), ("city", 0)])
def test_wide_places_count_the_day_once_a_minute(client, desks, tree, place, shown):
    desks.enter(client, getattr(tree, place))
    show(client)
    learn_today(make_committee_member(tree.village))
    figure = next(each for each in show(client)["figures"] if each["label"] == "今天学习的人")

    listed = client.get(figure["url"]).context["page_obj"].paginator.count
    assert (figure["count"], listed) == (shown, shown)


def test_day_list_takes_as_many_queries_for_many_people(client, desks, tree):
    learn_today(make_committee_member(tree.village))
    desks.enter(client, tree.town)
    url = reverse("desk_today", args=["learned"])
    few = count_queries(client, url)
    for _each in range(29):
        learn_today(make_committee_member(tree.village))

    assert count_queries(client, url) == few
