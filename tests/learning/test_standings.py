"""Standings against an independent recount: plain Python over the raw rows."""

import random
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from federations.domain.appointments import (
    note_roster_changes,
    remove_appointment,
    save_appointment,
)
from federations.domain.tree import move_federation
from federations.models import Appointment, Federation, RosterChange
from learning.domain.progress import complete_page, record_score
from learning.domain.standings import fold as folding
from learning.domain.standings import fold_standings, freeze_due_plans, rebuild_standings
from learning.models import Plan, PlanItem, Progress, StaleStanding, Standing
from learning.rules.results import Item, Record, judge_member
from tests.factories import make_appointment, make_committee_member
from tests.pages import make_lesson, make_quiz_page

NOW = timezone.now()


@pytest.fixture
def plan(tree, academy) -> Plan:
    plan = Plan.objects.create(
        title="年度学习任务",
        federation=tree.province,
        opens_at=NOW - timedelta(days=30),
        is_default=True,
    )
    lesson, quiz = make_lesson(academy), make_quiz_page(academy)
    PlanItem.objects.create(plan=plan, page=lesson, sort_order=1)
    PlanItem.objects.create(plan=plan, page=quiz, sort_order=2)
    return plan


def pages_of(plan) -> tuple[int, int]:
    lesson, quiz = plan.items.order_by("sort_order").values_list("page_id", flat=True)
    return lesson, quiz


def finish(member, plan, score_bp=9000, now=NOW):
    lesson, quiz = pages_of(plan)
    complete_page(member=member, page_id=lesson, now=now)
    record_score(member=member, page_id=quiz, score_bp=score_bp, has_passed=True, now=now)


def figures(plan, federation, prefix="subtree"):
    standing = Standing.objects.get(plan=plan, federation=federation)
    names = ("due", "joined", "completed", "scored", "score_bp")
    return tuple(getattr(standing, f"{prefix}_{name}") for name in names)


def recount(plan) -> dict:
    """(due, joined, completed, scored, score) of every subtree, counted by hand."""
    items = [
        Item(i.page_id, i.is_required, i.page.specific_class.is_scored) for i in plan.items.all()
    ]
    counts = {}
    today = timezone.localdate(NOW)
    for appointment in Appointment.objects.counted().in_force(today).select_related("federation"):
        records = [
            Record(p.page_id, p.completed_at, p.handed_in_at, p.best_score_bp)
            for p in Progress.objects.filter(member=appointment.member_id)
        ]
        result = judge_member(items=items, records=records, cutoff=plan.cutoff_at)
        numbers = (
            1,
            int(result.has_joined),
            int(result.has_completed),
            int(result.score_bp is not None),
            result.score_bp or 0,
        )
        for federation in [appointment.federation, *appointment.federation.get_ancestors()]:
            before = counts.get(federation.pk, (0,) * 5)
            counts[federation.pk] = tuple(a + b for a, b in zip(before, numbers, strict=True))
    return counts


def test_fold_reaches_all_five_levels(tree, plan):
    member = make_committee_member(tree.village)
    finish(member, plan)

    fold_standings(now=NOW)

    chain = [tree.village, tree.town, tree.county, tree.city, tree.province]
    assert [figures(plan, f) for f in chain] == [(1, 1, 1, 1, 9000)] * 5


@pytest.mark.parametrize(("marked", "counted"), [(2, 99), (3, 1)])
def test_fold_of_a_quarter_of_all_teams_counts_everybody(tree, plan, monkeypatch, marked, counted):
    monkeypatch.setattr(folding, "RECOUNTED_FROM", 2)
    places = [tree.village, tree.sibling_village, tree.other_village, tree.dongguan_town]
    members = [make_committee_member(place, place.name) for place in places]
    rebuild_standings(plan_id=plan.pk, now=NOW)
    RosterChange.objects.all().delete()
    # Only a count of everybody comes by here: nothing has happened to this team.
    Standing.objects.filter(plan=plan, federation=places[-1]).update(own_due=99)
    for member in members[:marked]:
        finish(member, plan)
    fold_standings(now=NOW)

    assert Federation.objects.count() == 12
    assert figures(plan, places[-1], "own")[0] == counted
    assert figures(plan, tree.province)[:3] == (4, marked, marked)


def test_fold_leaves_the_own_team_of_superiors_alone(tree, plan):
    finish(make_committee_member(tree.village), plan)

    fold_standings(now=NOW)

    assert figures(plan, tree.province, "own") == (0, 0, 0, 0, 0)


def test_fold_twice_changes_nothing(tree, plan):
    finish(make_committee_member(tree.village), plan)
    fold_standings(now=NOW)
    before = figures(plan, tree.province)

    assert (fold_standings(now=NOW), figures(plan, tree.province)) == (0, before)


def test_lower_score_does_not_lower_the_standing(tree, plan):
    member = make_committee_member(tree.village)
    finish(member, plan, score_bp=9000)
    finish(member, plan, score_bp=3000)

    fold_standings(now=NOW)

    assert figures(plan, tree.village) == (1, 1, 1, 1, 9000)


def test_member_without_counted_appointment_leaves_no_mark(tree, plan):
    member = make_committee_member(tree.village)
    member.appointments.update(is_counted=False)

    finish(member, plan)

    assert StaleStanding.objects.count() == 0


def test_second_appointment_is_not_counted_twice(tree, plan):
    member = make_committee_member(tree.village)
    make_appointment(member, tree.county, is_counted=False)
    finish(member, plan)

    rebuild_standings(plan_id=plan.pk, now=NOW)

    assert figures(plan, tree.province) == (1, 1, 1, 1, 9000)


def test_plan_of_a_city_ignores_members_elsewhere(tree, plan):
    plan.federation = tree.city
    plan.save()
    finish(make_committee_member(tree.other_village), plan)

    assert StaleStanding.objects.count() == 0


def test_city_without_counties_adds_up_its_towns(tree, plan):
    finish(make_committee_member(tree.dongguan_town), plan)

    fold_standings(now=NOW)

    assert figures(plan, tree.dongguan) == (1, 1, 1, 1, 9000)


def test_what_was_learnt_outside_the_plan_does_not_count(tree, plan, academy):
    member = make_committee_member(tree.village)
    lesson, quiz = make_lesson(academy), make_quiz_page(academy)
    complete_page(member=member, page_id=lesson.pk, now=NOW)
    record_score(member=member, page_id=quiz.pk, score_bp=9000, has_passed=True, now=NOW)
    rebuild_standings(plan_id=plan.pk, now=NOW)

    assert figures(plan, tree.village) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize("seed", range(5))
def test_any_history_equals_the_recount(tree, plan, seed):
    rng = random.Random(seed)
    federations = list(Federation.objects.all())
    members = [make_committee_member(rng.choice(federations), f"执委{n}") for n in range(20)]
    lesson, quiz = pages_of(plan)
    for _step in range(60):
        member = rng.choice(members)
        if rng.random() < 0.5:
            complete_page(member=member, page_id=lesson, now=NOW)
        else:
            score = rng.randrange(0, 10001)
            record_score(
                member=member, page_id=quiz, score_bp=score, has_passed=score > 6000, now=NOW
            )
        if rng.random() < 0.2:
            fold_standings(now=NOW)
    fold_standings(now=NOW)
    # Members who never did anything left no mark: the nightly rebuild counts them as due.
    rebuild_standings(plan_id=plan.pk, now=NOW)

    stored = {f.pk: figures(plan, f) for f in federations if f.pk in recount(plan)}
    assert stored == recount(plan)


def test_rebuild_after_folds_finds_no_difference_in_touched_cells(tree, plan):
    finish(make_committee_member(tree.village), plan)
    rebuild_standings(plan_id=plan.pk, now=NOW)
    finish(make_committee_member(tree.other_village), plan)
    fold_standings(now=NOW)

    assert rebuild_standings(plan_id=plan.pk, now=NOW, check=True).differences == []


def test_check_reports_a_tampered_row_and_changes_nothing(tree, plan):
    finish(make_committee_member(tree.village), plan)
    fold_standings(now=NOW)
    Standing.objects.filter(federation=tree.town).update(subtree_completed=7)

    with pytest.raises(CommandError):
        call_command("rebuild_standings", "--check")

    assert Standing.objects.get(federation=tree.town).subtree_completed == 7


def test_check_passes_over_cells_that_wait_for_a_fold(tree, plan):
    finish(make_committee_member(tree.village), plan)

    result = rebuild_standings(plan_id=plan.pk, now=NOW, check=True)

    assert (result.differences, result.pending) == ([], 5)


def test_frozen_plan_keeps_its_figures(tree, plan):
    finish(make_committee_member(tree.village), plan)
    plan.cutoff_at = NOW + timedelta(hours=1)
    plan.save()
    freeze_due_plans(now=NOW + timedelta(hours=2))
    late = make_committee_member(tree.village, "黄桂芳")

    finish(late, plan, now=NOW + timedelta(hours=3))
    fold_standings(now=NOW + timedelta(hours=3))

    assert figures(plan, tree.village) == (1, 1, 1, 1, 9000)


def test_what_happens_after_the_cutoff_does_not_count(tree, plan):
    plan.cutoff_at = NOW - timedelta(hours=1)
    plan.save()
    finish(make_committee_member(tree.village), plan, now=NOW)

    freeze_due_plans(now=NOW)

    assert figures(plan, tree.village) == (1, 0, 0, 0, 0)


def test_fold_queries_do_not_grow_with_the_team(tree, plan):
    def fold_queries(size):
        for n in range(size):
            finish(make_committee_member(tree.village, f"执委{n}"), plan)
        with CaptureQueriesContext(connection) as captured:
            fold_standings(now=NOW)
        return len(captured)

    assert fold_queries(1) == fold_queries(30)


def test_new_member_on_the_roster_is_due_after_the_next_fold(tree, plan):
    member = make_committee_member(tree.village)
    note_roster_changes([tree.village.pk])
    fold_standings(now=NOW)

    assert member.appointments.count() == 1
    assert [figures(plan, f)[0] for f in (tree.village, tree.province)] == [1, 1]


def test_transfer_moves_the_member_with_what_she_has_learnt(tree, plan):
    member = make_committee_member(tree.village)
    finish(member, plan)
    fold_standings(now=NOW)
    appointment = member.appointments.get()
    appointment.federation = tree.other_village
    save_appointment(appointment=appointment)
    fold_standings(now=NOW)

    assert figures(plan, tree.village) == (0, 0, 0, 0, 0)
    assert figures(plan, tree.other_city) == (1, 1, 1, 1, 9000)


def test_removed_appointment_is_no_longer_due(tree, plan):
    member = make_committee_member(tree.village)
    finish(member, plan)
    remove_appointment(appointment=member.appointments.get())
    fold_standings(now=NOW)

    assert figures(plan, tree.province) == (0, 0, 0, 0, 0)


def test_attempt_that_ended_with_the_plan_counts_though_it_is_closed_later(tree, plan):
    plan.cutoff_at = NOW
    plan.save()
    finish(make_committee_member(tree.village), plan, now=plan.cutoff_at)

    freeze_due_plans(now=NOW + timedelta(seconds=20))
    fold_standings(now=NOW + timedelta(seconds=20))
    freeze_due_plans(now=NOW + timedelta(minutes=1))

    plan.refresh_from_db()
    assert (plan.is_frozen, figures(plan, tree.village)) == (True, (1, 1, 1, 1, 9000))


def test_score_that_rises_after_the_cutoff_does_not_count(tree, plan):
    plan.cutoff_at = NOW
    plan.save()
    member = make_committee_member(tree.village)
    finish(member, plan, score_bp=1000, now=NOW - timedelta(hours=1))
    finish(member, plan, score_bp=10000, now=NOW + timedelta(seconds=20))

    freeze_due_plans(now=NOW + timedelta(minutes=1))

    assert figures(plan, tree.village) == (1, 1, 1, 1, 1000)


def test_plan_that_opens_later_counts_what_came_before(tree, plan):
    plan.opens_at = NOW + timedelta(days=1)
    plan.save()
    finish(make_committee_member(tree.village), plan)
    fold_standings(now=NOW)

    later = NOW + timedelta(days=2)
    assert rebuild_standings(plan_id=plan.pk, now=later, check=True).differences == []


def test_moved_federation_takes_its_figures_along(tree, plan):
    finish(make_committee_member(tree.village), plan)
    fold_standings(now=NOW)
    move_federation(federation=tree.village, parent=tree.other_town)
    fold_standings(now=NOW)

    assert rebuild_standings(plan_id=plan.pk, now=NOW, check=True).differences == []
