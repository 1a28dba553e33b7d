"""名单 and 总览 of what the clock keeps: periods and quizzes say whom their figures count."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from config.tasks import run_jobs
from federations.domain.appointments import appoint
from federations.models import Federation, Job, Position, Source
from learning.domain.boards import open_boards
from learning.domain.ledger import award_points
from learning.domain.outcomes import fold_outcomes
from learning.domain.progress import complete_page, record_score
from learning.domain.standings import freeze_due_plans, rebuild_standings
from learning.models import Plan, Standing
from learning.people import FIGURES
from learning.people.figures import counted_in
from learning.rules.periods import period_of
from members.models import Member
from tests.factories import make_committee_member
from tests.learning.desk.conftest import NOW
from tests.learning.desk.test_overview import follow
from tests.learning.desk.test_people import names
from tests.learning.ledgers import make_rule


@pytest.fixture
def boards(desks, tree):
    """The week, and the quiz's board, with somebody new in each state of today."""
    make_rule("lesson_micro", credit=100)
    learned, failed, both = (make_committee_member(tree.village, name) for name in "学败全")
    for member in (learned, both):
        complete_page(member=member, page_id=desks.lesson.pk, now=NOW, seconds=300)
    for member, bp in ((failed, 3000), (both, 7000)):
        record_score(
            member=member, page_id=desks.quiz.pk, score_bp=bp, has_passed=bp > 6000, now=NOW
        )
    open_boards(now=NOW)
    fold_outcomes(followers=[award_points], now=NOW)
    for pk in Plan.boards.values_list("pk", flat=True):
        rebuild_standings(plan_id=pk, now=NOW)
    return {
        "week": Plan.boards.get(key=period_of(localdate(NOW), "week").key),
        "month": Plan.boards.get(key=period_of(localdate(NOW), "month").key),
        "quiz": Plan.boards.get(kind="quiz"),
    }


def show(client, place, plan, **query):
    query = {"federation": place.pk, "plan": plan.pk} | query
    return client.get(reverse("desk_people"), query)


def freeze(plan) -> Plan:
    Plan.boards.filter(pk=plan.pk).update(
        opens_at=NOW - timedelta(days=30), cutoff_at=NOW - timedelta(minutes=5)
    )
    freeze_due_plans(now=NOW)
    return Plan.boards.get(pk=plan.pk)


@pytest.mark.parametrize("is_frozen", [False, True])
@pytest.mark.parametrize("name", ["week", "month", "quiz"])
@pytest.mark.parametrize("place", ["province", "town", "village"])
def test_each_figure_of_the_board_is_the_count_of_its_list(
    client, desks, boards, tree, name, place, is_frozen
):
    plan, place = boards[name], getattr(tree, place)
    plan = freeze(plan) if is_frozen else plan
    desks.enter(client, place)
    cell = Standing.objects.get(plan=plan, federation=place)
    counted = {figure: counted_in(cell, "subtree", figure) for figure in FIGURES}
    counted = {figure: number for figure, number in counted.items() if number is not None}

    listed = {}
    for figure in counted:
        shown = show(client, place, plan, figure=figure.value)
        listed[figure] = len(shown.context["people"])
        assert shown.context["number"]["is_late"] is False
    assert listed == counted
    assert counted["due"] == 7


@pytest.mark.parametrize(
    ("figure", "listed"),
    [("due", "未进卡完学败全"), ("completed", "学全"), ("scored", "败全"), ("passed", "全")],
)
def test_week_lists_whom_it_counts(client, desks, boards, tree, figure, listed):
    desks.enter(client, tree.village)
    shown = show(client, tree.village, boards["week"], view="own", figure=figure)
    # Of the team, 完 learned two days ago: in this week or in the last.
    found = [name for name in names(shown) if name != "完" or figure == "due"]

    assert set(found) == set(listed)


def test_person_of_a_period_comes_with_her_hours(client, desks, boards, tree):
    desks.enter(client, tree.village)
    shown = show(client, tree.village, boards["month"], figure="unfinished")
    by_name = {person.name: person for person in shown.context["people"]}

    assert (by_name["学"].credit_text, by_name["学"].left) == ("1", ("3.17 学时",))
    assert "1 学时" in shown.content.decode()


def test_hours_of_a_period_come_with_their_formula(client, desks, boards, tree):
    desks.enter(client, tree.village)
    due = show(client, tree.village, boards["week"]).context["number"]["formula"]
    left = show(client, tree.village, boards["week"], figure="unfinished")
    credit = Standing.objects.get(plan=boards["week"], federation=tree.village).subtree_credit

    assert credit in (200, 300)
    assert (
        due
        == {
            200: "学时 2 ÷ 应参 7 = 人均学时 0.29",
            300: "学时 3 ÷ 应参 7 = 人均学时 0.43",
        }[credit]
    )
    assert left.context["number"]["formula"].startswith("应参 7 − 达标 ")


def test_quiz_lists_who_has_not_passed_it(client, desks, boards, tree):
    desks.enter(client, tree.village)
    shown = show(client, tree.village, boards["quiz"], figure="unfinished")

    left = {person.name[0]: person.left for person in shown.context["people"]}
    assert left["未"] == ("小测",)
    assert "全" not in left or left["全"] == ("小测",)


def test_overview_shows_the_running_week_as_its_lists(client, desks, boards, tree):
    desks.enter(client, tree.town)
    facts = client.get(reverse("desk_overview")).context

    figures = {each["label"]: (each["count"], each["url"]) for each in facts["figures"]}
    due, joined = figures["应参执委"], figures["本周学习的人"]
    assert due[0] == follow(client, due[1]) == 7
    assert joined[0] == follow(client, joined[1]) == facts["weeks"][0]["joined"]
    assert facts["weeks"][0]["is_running"] is True


def test_closed_week_is_not_this_week(client, desks, boards, tree):
    Plan.boards.filter(pk=boards["week"].pk).update(
        opens_at=NOW - timedelta(days=8), cutoff_at=NOW - timedelta(days=1)
    )
    Plan.boards.filter(span="week", opens_at__gt=NOW).delete()
    desks.enter(client, tree.town)
    facts = client.get(reverse("desk_overview")).context

    assert [each["label"] for each in facts["figures"]] == ["今天学习的人", "今天交卷的人"]
    assert [week["is_running"] for week in facts["weeks"]] == [False]


def test_who_moved_after_the_freeze_stays_where_she_was_counted(client, desks, boards, tree):
    week = freeze(boards["week"])
    moved = Member.objects.get(name="学")
    staff = desks.enter(client, tree.town)
    appoint(
        member=moved,
        federation=tree.other_village,
        position=Position.MEMBER,
        starts_on=localdate(NOW),
        by=staff,
        now=NOW,
        source=Source.ADDED,
        is_counted=True,
    )
    shown = show(client, tree.town, week, figure="completed")
    person = next(each for each in shown.context["people"] if each.name == "学")

    assert (person.unit, person.since) == ("大黄村妇联", None)
    assert shown.context["number"]["is_late"] is False
    assert "翠洲" not in shown.content.decode()


def test_team_that_changed_its_level_after_the_freeze_stays_listed(
    client, desks, tree, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    Plan.objects.filter(pk=desks.plan.pk).update(levels=(5,))
    plan = freeze(desks.plan)
    Federation.objects.filter(pk=tree.village.pk).update(level=4)
    desks.enter(client, tree.town)
    shown = show(client, tree.town, plan)
    client.post(reverse("desk_people_export"), {"plan": plan.pk, "federation": tree.town.pk})
    run_jobs()

    assert (len(shown.context["people"]), shown.context["number"]["count"]) == (4, 4)
    sheet = load_workbook(Job.objects.get().output.open("rb")).active
    assert sheet.max_row == 1 + 4
