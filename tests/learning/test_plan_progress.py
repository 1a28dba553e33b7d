"""进度: figures by unit and people of one unit, within the viewer's scope."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from config.tasks import run_jobs
from federations.models import Job, StaffRoleType
from learning.domain.progress import complete_page, start_page
from learning.domain.standings import fold_standings, freeze_due_plans
from learning.models import Plan, Progress
from learning.people import State, count_states, list_people, team_of
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_committee_member
from tests.learning.test_mine import make_plan
from tests.pages import make_lesson

NOW = timezone.now()


@pytest.fixture
def lessons(academy):
    first = make_lesson(academy, title="第一课")
    return [first, make_lesson(first.get_parent().specific, title="第二课")]


@pytest.fixture
def plan(tree, lessons):
    return make_plan(tree.province, lessons, target_rate=50)


@pytest.fixture
def team(tree, lessons):
    """One of each state."""
    fresh, going, stuck, done = (
        make_committee_member(tree.village, name)
        for name in ("未开始", "进行中", "卡住了", "完成了")
    )
    start_page(member=going, page_id=lessons[0].pk, now=NOW - timedelta(days=6))
    start_page(member=stuck, page_id=lessons[0].pk, now=NOW - timedelta(days=9))
    complete_page(member=stuck, page_id=lessons[0].pk, now=NOW - timedelta(days=8))
    for lesson in lessons:
        complete_page(member=done, page_id=lesson.pk, now=NOW - timedelta(days=20))
    return {"fresh": fresh, "going": going, "stuck": stuck, "done": done}


def sign_in(client, home, place, role=StaffRoleType.MANAGER):
    staff = make_editor(home, place, role)
    client.force_login(staff)
    return staff


def show(client, plan, **query):
    return client.get(reverse("plan_progress", args=[plan.pk]), query)


def names(response) -> list[str]:
    return [person.name for person in response.context["people"]]


def test_states_of_a_team(plan, team, tree):
    rows = team_of(plan, tree.village, NOW)

    assert count_states(plan, rows, NOW) == dict.fromkeys(State, 1)
    assert {p.name: (p.state, p.left) for p in list_people(plan, rows, NOW)} == {
        "未开始": (State.NOT_STARTED, ("第一课", "第二课")),
        "进行中": (State.GOING, ("第一课", "第二课")),
        "卡住了": (State.STUCK, ("第二课",)),
        "完成了": (State.COMPLETED, ()),
    }


def test_new_progress_ends_being_stuck(plan, team, tree, lessons):
    start_page(member=team["stuck"], page_id=lessons[1].pk, now=NOW - timedelta(days=1))
    rows = team_of(plan, tree.village, NOW)

    assert count_states(plan, rows, NOW)[State.STUCK] == 0


def test_people_are_filtered_by_state(client, home, plan, team, tree):
    sign_in(client, home, tree.town)
    shown = show(client, plan, federation=tree.village.pk, state="stuck")

    assert names(shown) == ["卡住了"]
    assert [each["count"] for each in shown.context["filters"]] == [4, 1, 1, 1, 1]


def test_closed_plan_lists_what_was_frozen(client, home, plan, team, tree, lessons):
    Plan.objects.update(cutoff_at=NOW - timedelta(minutes=5))
    freeze_due_plans(now=NOW)
    for lesson in lessons:
        complete_page(member=team["fresh"], page_id=lesson.pk, now=NOW)
    team["done"].appointments.update(federation=tree.other_village)
    sign_in(client, home, tree.town)

    shown = show(client, plan, federation=tree.village.pk)
    assert {p.name: p.state for p in shown.context["people"]} == {
        "未开始": "not_started",
        "进行中": "going",
        "卡住了": "stuck",
        "完成了": "completed",
    }


def test_figures_by_unit_with_the_target(client, home, plan, team, tree):
    fold_standings(now=NOW)
    sign_in(client, home, tree.town)
    shown = show(client, plan).context

    (row,) = shown["rows"]
    assert shown["place"] == tree.town
    assert (row["name"], row["due"], row["completed"], row["target"]["text"]) == (
        "大黄村",
        4,
        1,
        "还差 1 人",
    )


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("village", 200),
        ("town", 200),
        ("county", 404),
        ("sibling_village", 200),
        ("other_town", 404),
    ],
)
def test_staff_see_people_of_their_own_places_only(client, home, plan, team, tree, place, status):
    sign_in(client, home, tree.town)

    response = show(client, plan, federation=getattr(tree, place).pk)
    assert response.status_code == status


def test_plan_from_above_shows_lower_staff_their_own_people(client, home, plan, team, tree):
    make_committee_member(tree.other_village, "别处的人")
    sign_in(client, home, tree.village)

    assert set(names(show(client, plan))) == {"未开始", "进行中", "卡住了", "完成了"}


@pytest.mark.parametrize(("place", "sees"), [("town", False), ("province", True)])
def test_record_is_for_who_manages_the_plan_itself(client, home, plan, tree, place, sees):
    sign_in(client, home, getattr(tree, place))

    assert (show(client, plan).context["events"] is not None) is sees


@pytest.mark.parametrize("place", ["other_city", "sibling_village"])
def test_plan_of_siblings_does_not_exist(client, home, plan, tree, place):
    Plan.objects.update(federation=getattr(tree, place))
    sign_in(client, home, tree.village)

    assert show(client, plan).status_code == 404
    assert "任务" not in [
        each.title for each in client.get(reverse("plan_progress_list")).context["object_list"]
    ]


def test_plan_for_the_team_above_alone_does_not_exist_below(client, home, plan, tree):
    Plan.objects.update(reach="own")
    sign_in(client, home, tree.village)

    assert show(client, plan).status_code == 404


def test_member_without_a_role_is_not_let_in(client, home, plan, tree):
    client.force_login(make_committee_member(tree.village))

    assert show(client, plan).status_code == 302


def test_page_takes_as_many_queries_for_many_people(client, home, plan, tree, lessons):
    sign_in(client, home, tree.town)
    make_committee_member(tree.village)
    address = reverse("plan_progress", args=[plan.pk])
    few = count_queries(client, address, f"?federation={tree.village.pk}")
    for _each in range(29):
        member = make_committee_member(tree.village)
        start_page(member=member, page_id=lessons[0].pk, now=NOW)

    assert count_queries(client, address, f"?federation={tree.village.pk}") == few


def test_list_takes_as_many_queries_for_many_plans(client, home, plan, tree, lessons):
    sign_in(client, home, tree.town)
    few = count_queries(client, "plan_progress_list")
    for number in range(20):
        make_plan(tree.province, lessons, title=f"任务{number}")

    assert count_queries(client, "plan_progress_list") == few


def export(client, plan, place, **data) -> Job:
    client.post(reverse("plan_export", args=[plan.pk]), {"federation": place.pk} | data)
    run_jobs()
    return Job.objects.latest("pk")


def read_rows(job) -> list[tuple]:
    sheet = load_workbook(job.output.open("rb")).active
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_export_holds_her_people_with_inert_cells(client, home, plan, team, tree):
    make_committee_member(tree.sibling_village, '=HYPERLINK("x")')
    make_committee_member(tree.other_village, "别处的人")
    sign_in(client, home, tree.town)

    rows = read_rows(export(client, plan, tree.town))
    by_name = {row[0]: (row[2], row[4], row[6]) for row in rows}
    assert by_name["卡住了"] == ("大黄村妇联", "卡住", "第二课")
    assert set(by_name) == {"未开始", "进行中", "卡住了", "完成了", '=HYPERLINK("x")'}


def test_export_of_one_state(client, home, plan, team, tree):
    sign_in(client, home, tree.town)

    (row,) = read_rows(export(client, plan, tree.town, state="completed"))
    assert row[0] == "完成了"


def test_export_asks_for_her_scope_again_when_it_runs(client, home, plan, team, tree):
    staff = sign_in(client, home, tree.town)
    client.post(reverse("plan_export", args=[plan.pk]), {"federation": tree.town.pk})
    staff.staff_roles.all().delete()
    run_jobs()

    job = Job.objects.latest("pk")
    assert (job.state, bool(job.output)) == ("failed", False)


@pytest.mark.parametrize("name", ["plan_export", "plan_remind"])
def test_posts_outside_her_scope_do_not_exist(client, home, plan, tree, name):
    sign_in(client, home, tree.town)
    url = reverse(name, args=[plan.pk])

    assert client.post(url, {"federation": tree.county.pk}).status_code == 404
    assert Job.objects.count() == 0


def test_progress_of_a_page_outside_the_plan_is_no_activity(plan, team, tree, academy):
    Progress.objects.create(
        member=team["fresh"], page=make_lesson(academy), started_at=NOW, updated_at=NOW
    )
    rows = team_of(plan, tree.village, NOW)

    assert count_states(plan, rows, NOW)[State.NOT_STARTED] == 1


@pytest.mark.parametrize("role", [StaffRoleType.EDITOR, StaffRoleType.EXAMINER])
def test_who_has_learned_what_is_no_business_of_editors(client, home, tree, plan, role):
    sign_in(client, home, tree.county, role)

    assert show(client, plan).status_code in (302, 403)
    assert client.post(reverse("plan_export", args=[plan.pk])).status_code in (302, 403, 404)
    assert not Job.objects.exists()
