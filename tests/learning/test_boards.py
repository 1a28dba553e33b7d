"""Boards that the clock opens: of quizzes with their first hand-in, of periods in advance."""

import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from learning.domain.boards import open_boards
from learning.domain.ledger import award_points
from learning.domain.outcomes import fold_outcomes
from learning.domain.progress import complete_page, record_score
from learning.domain.standings import (
    fold_standings,
    freeze_due_plans,
    rebuild_open_standings,
    rebuild_standings,
)
from learning.guards import find_requirement
from learning.models import Plan, PlanRosterEntry, StaleStanding, Standing
from learning.queries_plans import closed_plans, open_plans, plans_for
from tests.factories import make_committee_member, make_staff
from tests.learning.ledgers import make_rule
from tests.learning.recount import add_up, judge_everybody
from tests.pages import make_lesson, make_quiz_page

ZONE = ZoneInfo("Asia/Shanghai")
# A Saturday: week 48, month 11, quarter 4.
NOW = datetime(2026, 11, 28, 12, tzinfo=ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def lesson(academy):
    return make_lesson(academy)


@pytest.fixture
def quiz(academy):
    return make_quiz_page(academy, title="学法测验")


def hand_in(member, quiz, at=NOW, score_bp=9500, *, has_passed=True):
    record_score(member=member, page_id=quiz.pk, score_bp=score_bp, has_passed=has_passed, now=at)


def fold(now=NOW):
    fold_outcomes(followers=[award_points], now=now)
    fold_standings(now=now)


def figures(key, federation):
    """(due, joined, completed, scored, score, passed, excellent, credit) of the subtree."""
    cell = Standing.objects.get(plan__key=key, federation=federation)
    names = ("due", "joined", "completed", "scored", "score_bp", "passed", "excellent", "credit")
    return tuple(getattr(cell, f"subtree_{name}") for name in names)


def keys(**facts):
    return set(Plan.boards.filter(**facts).values_list("key", flat=True))


# Periods


def test_periods_of_today_and_tomorrow_are_opened(tree):
    assert open_boards(now=NOW) == 4
    assert keys(kind="period") == {"week-2026-W48", "month-2026-11", "quarter-2026-Q4", "year-2026"}


def test_next_period_is_there_a_day_before_it_begins(tree):
    open_boards(now=NOW)

    assert open_boards(now=NOW + DAY) == 1
    following = Plan.boards.get(key="week-2026-W49")
    assert (following.previous.key, following.opens_at) == (
        "week-2026-W48",
        datetime(2026, 11, 30, tzinfo=ZONE),
    )


def test_opening_again_changes_nothing(tree):
    open_boards(now=NOW)
    before = list(Plan.boards.order_by("pk").values())

    assert open_boards(now=NOW) == 0
    assert list(Plan.boards.order_by("pk").values()) == before


def test_without_a_tree_there_is_no_board(db):
    assert open_boards(now=NOW) == 0


def test_period_is_named_as_people_say_it(tree):
    open_boards(now=NOW)
    open_boards(now=datetime(2026, 12, 31, 12, tzinfo=ZONE))

    titles = dict(Plan.boards.values_list("key", "title"))
    assert titles["week-2026-W48"] == "2026年第48周（11月23日—29日）"
    assert titles["week-2026-W53"] == "2026年第53周（12月28日—1月3日）"
    assert (titles["month-2026-11"], titles["year-2027"]) == ("2026年11月", "2027年")
    assert titles["quarter-2026-Q4"] == "2026年第4季度"


def test_target_of_the_year_is_shared_out(tree, settings):
    settings.LEARNING_YEARLY_CREDIT = 4000
    open_boards(now=NOW)

    targets = dict(Plan.boards.values_list("span", "credit_target"))
    assert targets == {"year": 4000, "quarter": 1000, "month": 333, "week": 77}


def test_what_is_learned_counts_in_every_running_period(tree, lesson, quiz):
    make_rule("lesson_micro", credit=25)
    make_rule("quiz_passed", credit=75)
    open_boards(now=NOW)
    member = make_committee_member(tree.village)
    complete_page(member=member, page_id=lesson.pk, now=NOW, seconds=300)
    hand_in(member, quiz)
    fold()

    # A week's part of 50 学时 is 0.96.
    assert figures("week-2026-W48", tree.province) == (1, 1, 1, 1, 9500, 1, 1, 100)
    assert figures("month-2026-11", tree.village) == (1, 1, 0, 1, 9500, 1, 1, 100)
    assert figures("year-2026", tree.city) == (1, 1, 0, 1, 9500, 1, 1, 100)


def test_what_came_before_the_period_does_not_count_in_it(tree, quiz):
    member = make_committee_member(tree.village)
    hand_in(member, quiz, at=NOW - 10 * DAY)
    hand_in(member, quiz, at=NOW, score_bp=9900)
    open_boards(now=NOW)
    rebuild_open_standings(now=NOW)

    assert figures("week-2026-W48", tree.village) == (1, 0, 0, 0, 0, 0, 0, 0)
    assert figures("month-2026-11", tree.village) == (1, 1, 0, 1, 9900, 1, 1, 0)


def test_one_failed_quiz_is_no_pass_of_the_period(tree, quiz, academy):
    open_boards(now=NOW)
    member = make_committee_member(tree.village)
    hand_in(member, quiz)
    hand_in(member, make_quiz_page(academy), score_bp=3000, has_passed=False)
    fold()

    assert figures("week-2026-W48", tree.village) == (1, 1, 0, 1, 6250, 0, 0, 0)


@pytest.mark.parametrize(
    ("moment", "week", "following"),
    [
        (datetime(2026, 11, 29, 23, 59, 59, 999999, tzinfo=ZONE), 1, 0),
        (datetime(2026, 11, 30, tzinfo=ZONE), 0, 1),
    ],
)
def test_midnight_belongs_to_the_next_period(tree, lesson, moment, week, following):
    open_boards(now=NOW + DAY)
    complete_page(member=make_committee_member(tree.village), page_id=lesson.pk, now=moment)
    rebuild_open_standings(now=moment)

    assert figures("week-2026-W48", tree.village)[1] == week
    assert figures("week-2026-W49", tree.village)[1] == following


def test_period_is_frozen_at_its_end_with_list_and_figures_alike(tree, quiz):
    make_rule("quiz_passed", credit=50)
    open_boards(now=NOW)
    member = make_committee_member(tree.village)
    hand_in(member, quiz)
    fold()
    after = NOW + 3 * DAY
    hand_in(member, quiz, at=after, score_bp=9900)
    freeze_due_plans(now=after)

    week = Plan.boards.get(key="week-2026-W48")
    entry = PlanRosterEntry.objects.get(plan=week)
    assert week.is_frozen
    assert figures("week-2026-W48", tree.province) == (1, 1, 0, 1, 9500, 1, 1, 50)
    assert (entry.score_bp, entry.credit, entry.joined_at, entry.passed_at, entry.is_excellent) == (
        9500,
        50,
        NOW,
        NOW,
        True,
    )


def test_correction_in_the_ledger_reaches_the_running_period(tree, quiz):
    make_rule("quiz_passed", credit=50)
    open_boards(now=NOW)
    member = make_committee_member(tree.village)
    hand_in(member, quiz)
    fold()
    member.progress.update(passed_at=None)
    award_points(member_ids=[member.pk], now=NOW + HOUR)
    fold_standings(now=NOW + HOUR)

    assert figures("month-2026-11", tree.province)[-1] == 0


# Quizzes


def test_quiz_has_its_board_with_the_first_hand_in(tree, quiz):
    open_boards(now=NOW)
    assert keys(kind="quiz") == set()

    hand_in(make_committee_member(tree.village), quiz, at=NOW - HOUR)
    open_boards(now=NOW)
    board = Plan.boards.get(kind="quiz")

    assert (board.key, board.title, board.federation, board.opens_at, board.cutoff_at) == (
        f"quiz-{quiz.pk}",
        "学法测验",
        tree.province,
        NOW - HOUR,
        None,
    )
    assert [(item.page_id, item.is_required) for item in board.items.all()] == [(quiz.pk, True)]


def test_quiz_board_counts_like_a_task(tree, quiz):
    hand_in(make_committee_member(tree.village), quiz)
    open_boards(now=NOW)
    rebuild_open_standings(now=NOW)
    hand_in(
        make_committee_member(tree.other_village, "黄桂芳"), quiz, score_bp=5000, has_passed=False
    )
    fold()

    assert figures(f"quiz-{quiz.pk}", tree.province) == (2, 2, 2, 2, 14_500, 1, 1, 0)


def test_page_that_is_not_live_gets_no_board(tree, quiz):
    hand_in(make_committee_member(tree.village), quiz)
    quiz.unpublish()
    open_boards(now=NOW)

    assert keys(kind="quiz") == set()


def test_lesson_gets_no_board(tree, lesson):
    complete_page(member=make_committee_member(tree.village), page_id=lesson.pk, now=NOW)
    open_boards(now=NOW)

    assert keys(kind="quiz") == set()


def test_board_closes_with_its_quiz_and_follows_its_page(tree, quiz):
    hand_in(make_committee_member(tree.village), quiz)
    open_boards(now=NOW)
    quiz.closes_at, quiz.title = NOW + DAY, "学法测验（二）"
    quiz.save()
    open_boards(now=NOW)

    board = Plan.boards.get(kind="quiz")
    assert (board.cutoff_at, board.title) == (NOW + DAY, "学法测验（二）")
    freeze_due_plans(now=NOW + 2 * DAY)
    quiz.closes_at = None
    quiz.save()
    open_boards(now=NOW + 2 * DAY)
    board.refresh_from_db()
    assert (board.is_frozen, board.cutoff_at) == (True, NOW + DAY)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer")
def test_two_clocks_open_each_board_once(tree):
    def run():
        open_boards(now=NOW)
        connection.close()

    threads = [threading.Thread(target=run) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Plan.boards.filter(kind="period").count() == 4


@pytest.mark.parametrize(("days", "due"), [(59, 2), (61, 1)])
def test_night_leaves_out_a_quiz_that_nobody_takes_any_more(tree, quiz, days, due):
    hand_in(make_committee_member(tree.village), quiz)
    open_boards(now=NOW)
    rebuild_open_standings(now=NOW)
    make_committee_member(tree.other_village, "黄桂芳")
    rebuild_open_standings(now=NOW + timedelta(days=days))

    assert figures(f"quiz-{quiz.pk}", tree.province)[0] == due


def test_quiet_quiz_still_takes_in_what_its_marks_tell(tree, quiz):
    hand_in(make_committee_member(tree.village), quiz)
    open_boards(now=NOW)
    rebuild_open_standings(now=NOW)
    later = NOW + timedelta(days=90)
    hand_in(make_committee_member(tree.other_village, "黄桂芳"), quiz, at=later)
    fold(later)

    assert figures(f"quiz-{quiz.pk}", tree.province)[:2] == (2, 2)


# What tasks do not see


def test_boards_ask_nobody_for_anything(tree, quiz):
    member = make_committee_member(tree.village)
    hand_in(member, quiz)
    open_boards(now=NOW)
    freeze_due_plans(now=NOW + 400 * DAY)

    assert list(plans_for(member)) == list(plans_for(make_staff(tree.province))) == []
    assert list(open_plans(member, NOW)) == list(closed_plans(member, NOW + 400 * DAY)) == []
    assert list(tree.province.plans.all()) == []


def test_quiz_may_be_unpublished_though_it_has_a_board(tree, quiz):
    hand_in(make_committee_member(tree.village), quiz)
    open_boards(now=NOW)

    assert find_requirement(quiz, with_descendants=False) is None


def test_event_takes_one_statement_and_marks_each_cell_once(tree, quiz):
    member = make_committee_member(tree.village)
    hand_in(member, quiz, at=NOW - HOUR)
    open_boards(now=NOW)
    StaleStanding.objects.all().delete()
    hand_in(member, quiz)

    marked = StaleStanding.objects.values_list("plan__kind", "federation").order_by("plan__kind")
    assert list(marked) == [("period", tree.village.pk)] * 4 + [("quiz", tree.village.pk)]


def test_every_board_equals_the_recount(tree, quiz, lesson):
    make_rule("quiz_passed", credit=50)
    make_rule("lesson_micro", credit=25)
    places = [tree.village, tree.town, tree.other_village, tree.province]
    for number, place in enumerate(places):
        member = make_committee_member(place, f"执委{number}")
        at = NOW - number * 9 * DAY
        complete_page(member=member, page_id=lesson.pk, now=at, seconds=300)
        hand_in(member, quiz, at=at + HOUR, score_bp=8000 + 500 * number)
    open_boards(now=NOW)
    fold_outcomes(followers=[award_points], now=NOW)
    for plan in Plan.boards.all():
        rebuild_standings(plan_id=plan.pk, now=NOW)
        everybody = add_up(judge_everybody(plan, NOW))
        cells = Standing.objects.filter(plan=plan, subtree_due__gt=0)
        assert {
            cell.federation.path: figures(plan.key, cell.federation) for cell in cells
        } == everybody


def test_year_of_a_plan_is_local(tree):
    open_boards(now=datetime(2026, 12, 31, 23, 30, tzinfo=ZONE))

    year = Plan.boards.get(key="year-2027")
    assert (year.opens_at.astimezone(ZONE).date(), year.previous.key) == (
        date(2027, 1, 1),
        "year-2026",
    )
