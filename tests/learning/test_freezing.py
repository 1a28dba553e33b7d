"""The roster is frozen at the cut-off: later moves and corrections do not touch it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from federations.domain.appointments import remove_appointment, save_appointment
from learning.domain.standings import fold_standings, freeze_due_plans
from learning.domain.standings.freeze import WRITE_ROSTER
from learning.models import PlanEvent, PlanRosterEntry, Standing
from tests.factories import make_committee_member
from tests.learning.test_mine import make_plan
from tests.learning.test_standings import NOW, figures, finish
from tests.pages import make_lesson, make_quiz_page

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def plan(tree, academy):
    pages = [make_lesson(academy), make_quiz_page(academy)]
    return make_plan(tree.province, pages, cutoff_at=NOW)


def entries(plan) -> dict[str, tuple]:
    rows = PlanRosterEntry.objects.filter(plan=plan).select_related("member", "federation")
    return {
        row.member.name: (
            row.federation.name,
            row.position,
            row.has_joined,
            row.has_completed,
            row.done,
            row.score_bp,
        )
        for row in rows
    }


def test_roster_says_who_was_due_and_what_she_had_reached(tree, plan):
    finish(make_committee_member(tree.village, "陈秀英"), plan, now=NOW - timedelta(days=1))
    finish(make_committee_member(tree.town, "黄桂芳"), plan, now=LATER)

    freeze_due_plans(now=LATER)

    assert entries(plan) == {
        "陈秀英": ("大黄村", "执委", True, True, 2, 9000),
        "黄桂芳": ("松口镇", "执委", False, False, 0, None),
    }


def test_nobody_is_written_before_the_cutoff(tree, plan):
    make_committee_member(tree.village)
    fold_standings(now=NOW)
    freeze_due_plans(now=NOW)

    assert PlanRosterEntry.objects.count() == 0


def test_later_moves_change_neither_roster_nor_figures(tree, plan):
    moved, gone = (make_committee_member(tree.village, name) for name in ("陈秀英", "黄桂芳"))
    freeze_due_plans(now=LATER)
    before = entries(plan)
    appointment = moved.appointments.get()
    appointment.federation = tree.other_village
    save_appointment(appointment=appointment)
    remove_appointment(appointment=gone.appointments.get())
    fold_standings(now=LATER)
    freeze_due_plans(now=LATER)

    assert entries(plan) == before
    assert (figures(plan, tree.village)[0], figures(plan, tree.province)[0]) == (2, 2)


def test_figures_are_added_up_from_the_roster(tree, plan):
    for place in (tree.village, tree.village, tree.other_village):
        finish(make_committee_member(place), plan, now=NOW - timedelta(days=1))
    make_committee_member(tree.town)

    freeze_due_plans(now=LATER)

    assert figures(plan, tree.town) == (3, 2, 2, 2, 18_000)
    assert figures(plan, tree.province) == (4, 3, 3, 3, 27_000)


def test_roster_holds_the_audience_alone(tree, plan):
    plan.levels = [5]
    plan.save()
    make_committee_member(tree.village, "陈秀英")
    make_committee_member(tree.town, "黄桂芳")

    freeze_due_plans(now=LATER)

    assert list(entries(plan)) == ["陈秀英"]
    assert Standing.objects.get(plan=plan, federation=tree.town).own_due == 0


def test_freeze_is_in_the_record(tree, plan):
    make_committee_member(tree.village)
    freeze_due_plans(now=LATER)

    event = PlanEvent.objects.get()
    assert (event.kind, event.by, event.changes) == ("frozen", None, [["名单人数", "", "1"]])


def test_freeze_takes_as_many_statements_for_many_people(tree, academy):
    def count(size):
        plan = make_plan(tree.province, [make_lesson(academy)], cutoff_at=NOW)
        for _each in range(size):
            make_committee_member(tree.village)
        with CaptureQueriesContext(connection) as captured:
            freeze_due_plans(now=LATER)
        head = WRITE_ROSTER.split("(")[0].strip()
        inserts = sum(query["sql"].strip().startswith(head) for query in captured)
        assert PlanRosterEntry.objects.filter(plan=plan).exists()
        return inserts, len(captured)

    assert count(1) == count(29)
