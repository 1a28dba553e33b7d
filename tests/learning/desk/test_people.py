"""名单: the people behind a figure, who is left out and why; for nobody who may not look."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from openpyxl import load_workbook

from config.tasks import run_jobs
from federations.models import Appointment, Job, Position, StaffRoleType
from learning.desk import people_listing
from learning.desk import plans as plans_page
from learning.domain.standings import freeze_due_plans
from learning.models import Plan, Progress, Standing
from learning.people import FIGURES
from learning.people.figures import counted_in
from tests.counting import count_queries
from tests.factories import make_appointment, make_committee_member, make_member, make_staff
from tests.learning.desk.conftest import NOW
from tests.learning.test_mine import make_plan


def show(client, desks, place, **query):
    query = {"plan": desks.plan.pk, "federation": place.pk} | query
    return client.get(reverse("desk_people"), query)


def names(response) -> list[str]:
    return [person.name[0] for person in response.context["people"]]


@pytest.mark.parametrize(
    ("figure", "listed"),
    [
        ("due", "未进卡完"),
        ("joined", "完"),
        ("completed", "完"),
        ("unfinished", "未进卡"),
        ("not_started", "未"),
        ("going", "进"),
        ("stuck", "卡"),
        ("passed", "完"),
        ("excellent", "完"),
        ("scored", "完"),
    ],
)
def test_figure_lists_whom_it_counts(client, desks, tree, figure, listed):
    desks.enter(client, tree.town)
    shown = show(client, desks, tree.village, view="own", figure=figure)

    assert set(names(shown)) == set(listed)
    assert shown.context["number"]["count"] == len(listed)


def test_number_comes_with_its_formula(client, desks, tree):
    desks.enter(client, tree.town)
    shown = show(client, desks, tree.village, view="own", figure="completed")

    assert shown.context["number"]["formula"] == "完成 1 ÷ 应参 4 = 完成率 25%"


def test_person_comes_with_her_moments_and_what_is_left(client, desks, tree):
    desks.enter(client, tree.town)
    by_name = {p.name[0]: p for p in show(client, desks, tree.village).context["people"]}

    done, stuck = by_name["完"], by_name["卡"]
    assert done.joined_at == done.completed_at == done.passed_at == NOW - timedelta(days=2)
    assert (done.since, done.unit, done.left) == (date(2024, 1, 1), "大黄村妇联", ())
    assert (stuck.joined_at, stuck.completed_at, stuck.left) == (None, None, ("小测",))


def test_subtree_stands_unit_by_unit_with_who_needs_help_first(client, desks, tree):
    desks.add_team(tree.sibling_village)
    desks.fold()
    desks.enter(client, tree.town)
    found = show(client, desks, tree.town).context["people"]

    assert [p.name for p in found] == [
        *(f"{name}大黄村" for name in "未卡进完"),
        *(f"{name}小黄村" for name in "未卡进完"),
    ]


def test_late_board_is_told(client, desks, tree):
    make_committee_member(tree.village, "新来的")
    desks.enter(client, tree.town)
    number = show(client, desks, tree.village, figure="due").context["number"]

    assert (number["count"], number["live"], number["is_late"]) == (4, 5, True)


def test_frozen_plan_lists_what_was_frozen(client, desks, tree):
    Plan.objects.update(cutoff_at=NOW - timedelta(minutes=5))
    freeze_due_plans(now=NOW)
    make_committee_member(tree.village, "后来的")
    desks.enter(client, tree.town)
    shown = show(client, desks, tree.village, view="own", figure="due")

    assert set(names(shown)) == set("未进卡完")
    (later,) = shown.context["uncounted"]
    assert (later.name, later.reason) == ("后来的", "名单冻结以后才登记到这里")


def test_who_is_not_counted_is_named_with_the_reason(client, desks, tree):
    today = localdate(NOW)
    held = {
        "兼职的": {"is_counted": False},
        "离任的": {"ends_on": today - timedelta(days=1)},
        "未到任": {"starts_on": today + timedelta(days=3)},
    }
    for name, fields in held.items():
        make_appointment(make_member(name), tree.village, **fields)
    desks.enter(client, tree.town)
    shown = show(client, desks, tree.village, view="own").context["uncounted"]

    reasons = {each.name: each.reason for each in shown}
    assert reasons["兼职的"] == "这里不是她的计入单位；一个人只在一个单位计一次"
    assert "统计时已经不在任" in reasons["离任的"]
    assert "统计时还没有到任" in reasons["未到任"]
    assert len(reasons) == 3


def test_position_and_level_that_are_not_asked_are_reasons(client, desks, tree):
    Plan.objects.update(positions=(Position.CHAIR,))
    desks.enter(client, tree.town)
    by_position = show(client, desks, tree.village, view="own").context["uncounted"]
    Plan.objects.update(levels=(2,), positions=())
    by_level = show(client, desks, tree.village, view="own").context["uncounted"]

    assert {each.reason for each in by_position} == {"这个任务只要求：主席"}
    assert {each.reason for each in by_level} == {"这个任务不要求这支队伍"}


def test_name_is_searched_as_it_is_written(client, desks, tree):
    make_committee_member(tree.village, "百分%百")
    desks.enter(client, tree.town)

    assert names(show(client, desks, tree.village, q="%")) == ["百"]
    assert names(show(client, desks, tree.village, q="卡大")) == ["卡"]


def test_counts_of_a_name_lead_to_lists_of_that_name(client, desks, tree):
    desks.enter(client, tree.town)
    shown = show(client, desks, tree.village, q="卡").context

    for link in shown["filters"]:
        assert len(client.get(link["url"]).context["people"]) == link["count"]
    assert {link["count"] for link in shown["filters"]} == {0, 1}
    assert len(client.get(shown["whole_url"]).context["people"]) == 4


def test_large_subtree_shows_units_that_add_up(client, desks, tree, monkeypatch):
    monkeypatch.setattr(people_listing, "MOST_PEOPLE", 5)
    desks.add_team(tree.sibling_village)
    make_committee_member(tree.town, "镇上的")
    desks.fold()
    desks.enter(client, tree.town)
    shown = show(client, desks, tree.town, figure="unfinished").context

    units = {each["name"]: each["count"] for each in shown["units"]}
    assert units == {"松口镇（本级队伍）": 1, "大黄村": 3, "小黄村": 3}
    assert shown["number"]["count"] == sum(units.values())


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("village", 200),
        ("town", 200),
        ("sibling_village", 200),
        ("county", 404),
        ("other_village", 404),
    ],
)
def test_only_places_of_her_scope_exist(client, desks, tree, place, status):
    desks.enter(client, tree.town)

    assert show(client, desks, getattr(tree, place)).status_code == status


@pytest.mark.parametrize(("role", "status"), [("viewer", 200), ("editor", 403), ("examiner", 403)])
def test_viewers_look_and_editors_do_not(client, desks, tree, role, status):
    desks.enter(client, tree.town, StaffRoleType(role))

    assert show(client, desks, tree.town).status_code == status


def test_member_without_a_role_has_no_desk(client, desks, tree):
    client.force_login(make_committee_member(tree.village))

    assert show(client, desks, tree.village).status_code == 403


def test_plan_of_another_branch_does_not_exist(client, desks, tree):
    foreign = make_plan(tree.other_city, [desks.lesson])
    desks.enter(client, tree.town)

    assert show(client, desks, tree.town, plan=foreign.pk).status_code == 404


@pytest.mark.parametrize("plan", ["0", "x", "99999999999999999999"])
def test_plan_that_is_none_does_not_exist(client, desks, tree, plan):
    desks.enter(client, tree.town)

    assert show(client, desks, tree.town, plan=plan).status_code == 404


def test_fragment_is_the_inner_part_alone(client, desks, tree):
    desks.enter(client, tree.town)
    url = reverse("desk_people")
    whole = client.get(url).content.decode()
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert ("<html" in whole, "<html" in part, 'id="number"' in part) == (True, False, True)


def test_desk_without_any_plan_says_so(client, tree, home):
    client.force_login(make_staff(tree.town))

    assert "还没有学习任务" in client.get(reverse("desk_people")).content.decode()


# Session, member, roles, way down, plans, standing, items, people, what they have left; of one
# team also who is not counted. The cold cache adds where the sections are.
@pytest.mark.parametrize(("view", "queries"), [("subtree", 10), ("own", 11)])
def test_list_takes_as_many_queries_for_many_people(client, desks, tree, view, queries):
    desks.enter(client, tree.county)
    query = {"plan": desks.plan.pk, "federation": tree.village.pk, "view": view}
    asked = reverse("desk_people"), f"?{urlencode(query | {'figure': 'stuck'})}"
    few = count_queries(client, *asked)
    for _each in range(29):
        desks.add_team(tree.village)

    assert (few, count_queries(client, *asked)) == (queries, queries)


def test_page_that_does_not_exist_is_the_last_one(client, desks, tree, monkeypatch):
    monkeypatch.setattr(people_listing, "PER_PAGE", 3)
    desks.enter(client, tree.town)
    pages = [show(client, desks, tree.village, p=number) for number in ("2", "9", "-1", "x")]

    assert [names(each) for each in pages] == [["完"], ["完"], ["完"], ["未", "卡", "进"]]
    assert {each.context["listing"].counts["due"] for each in pages} == {4}


def test_counts_stay_where_nobody_is_listed(client, desks, tree):
    Progress.objects.all().delete()
    desks.enter(client, tree.town)
    shown = show(client, desks, tree.village, figure="completed").context

    assert (shown["people"], shown["listing"].counts["due"]) == ([], 4)


def test_lines_say_what_is_known_of_a_person(client, desks, tree):
    desks.enter(client, tree.town)
    lines = {each.name[0]: each for each in show(client, desks, tree.village).context["lines"]}
    day = f"{localtime(NOW - timedelta(days=2)):%Y-%m-%d %H:%M}"

    assert lines["完"].place == "大黄村妇联 · 执委 · 2024年1月1日起计入"
    assert (lines["完"].state, lines["完"].mark, lines["完"].tags[-1]) == (
        "已完成",
        "优秀",
        "平均 95 分",
    )
    assert lines["完"].moments == [f"参与 {day}", f"完成 {day}", f"及格 {day}"]
    assert (lines["未"].moments, lines["未"].left) == (["还没有参与"], "还差：第一课、小测")


def test_who_has_moved_since_the_freeze_is_told(client, desks, tree):
    Plan.objects.update(cutoff_at=NOW - timedelta(minutes=5))
    freeze_due_plans(now=NOW)
    Appointment.objects.filter(federation=tree.village).update(federation=tree.other_village)
    desks.enter(client, tree.town)
    lines = show(client, desks, tree.village, view="own").context["lines"]

    assert {each.place for each in lines} == {"大黄村妇联 · 执委 · 截止后已调整单位"}


def choices(response) -> list[tuple[str, bool]]:
    return [(each["title"], each["current"]) for each in response.context["plans"]]


def test_choices_are_the_newest_and_the_asked_one_first_where_it_is_older(client, desks, tree):
    newest = [f"任务{number}" for number in range(plans_page.MOST)]
    for title in newest:
        make_plan(tree.town, [desks.lesson], title=title)
    Plan.objects.filter(pk=desks.plan.pk).update(opens_at=NOW - timedelta(days=9))
    desks.enter(client, tree.town)

    assert choices(show(client, desks, tree.village)) == [
        ("春季任务", True),
        *((title, False) for title in newest),
    ]
    assert choices(show(client, desks, tree.village, plan=Plan.objects.get(title="任务7").pk)) == [
        (title, title == "任务7") for title in newest
    ]


def test_plan_of_the_town_alone_is_no_choice_of_the_village(client, desks, tree):
    own = make_plan(tree.town, [desks.lesson], title="镇里的", reach="own")
    below = make_plan(tree.village, [desks.lesson], title="村里的")
    desks.enter(client, tree.county)

    assert show(client, desks, tree.village, plan=own.pk).status_code == 404
    at_town = dict(choices(show(client, desks, tree.town, plan=below.pk)))
    assert at_town == {"春季任务": False, "镇里的": False, "村里的": True}


def test_standing_counts_what_the_list_counts(client, desks, tree):
    desks.enter(client, tree.town)
    shown = show(client, desks, tree.town).context["listing"].counts
    cell = Standing.objects.get(plan=desks.plan, federation=tree.town)

    counted = {each: counted_in(cell, "subtree", each) for each in FIGURES}
    assert {each: n for each, n in shown.items() if counted[each] is not None} == {
        each: n for each, n in counted.items() if n is not None
    }


def export(client, desks, place, **data) -> Job:
    data = {"plan": desks.plan.pk, "federation": place.pk} | data
    response = client.post(reverse("desk_people_export"), data)
    job = Job.objects.latest("pk")
    assert response.url == f"{reverse('desk_job', args=[job.pk])}?federation={place.pk}"
    return job


def test_export_is_exactly_the_list(client, desks, tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    desks.add_team(tree.sibling_village)
    desks.enter(client, tree.town)
    job = export(client, desks, tree.village, view="own", figure="unfinished")
    run_jobs()
    job.refresh_from_db()

    rows = list(load_workbook(job.output.open("rb")).active.iter_rows(min_row=2, values_only=True))
    assert {row[0] for row in rows} == {f"{name}大黄村" for name in "未进卡"}
    assert job.params.keys() == {"plan", "federation", "view", "figure"}


def test_export_asks_for_her_scope_again(client, desks, tree):
    staff = desks.enter(client, tree.town)
    job = export(client, desks, tree.town)
    staff.staff_roles.all().delete()
    run_jobs()
    job.refresh_from_db()

    assert (job.state, bool(job.output)) == ("failed", False)


def test_export_out_of_scope_does_not_exist(client, desks, tree):
    desks.enter(client, tree.town)
    data = {"plan": desks.plan.pk, "federation": tree.county.pk}

    assert client.post(reverse("desk_people_export"), data).status_code == 404
    assert not Job.objects.exists()
