"""Making, changing and freezing: what changes when weights change, and what never does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from federations.domain.tree import add_federation
from learning.assessment import domain
from learning.models import (
    AssessmentEvent,
    AssessmentPeriod,
    AssessmentResult,
    AssessmentScheme,
    Plan,
    Unchangeable,
)
from learning.rules.assessment import Indicator
from tests.learning.assessment.boards import make_board, put_figures
from tests.learning.assessment.conftest import HALF_AND_HALF, NOW

DECEMBER = NOW + timedelta(days=14)
OTHER_WEIGHTS = (Indicator("joined", 10, 1000), Indicator("credit", 90, 400))


def results(period):
    rows = AssessmentResult.objects.filter(period=period).order_by("federation__path")
    return list(rows.values_list("name", "due", "points", "total", "rank"))


def edit(period, manager, indicators, now=NOW, **settings):
    scheme = AssessmentScheme.objects.get(pk=period.scheme_id)
    return domain.edit_scheme(
        scheme_id=scheme.pk,
        version=scheme.version,
        settings=domain.Settings(scheme.title, indicators, **settings),
        by=manager,
        now=now,
    )


def freeze(board, now):
    board.frozen_at = now
    board.save(update_fields=["frozen_at"])


def test_a_new_scheme_opens_the_period_that_runs(period):
    assert (period.key, str(period.first_day), str(period.last_day), period.parts) == (
        "month-2026-11",
        "2026-11-01",
        "2026-11-30",
        HALF_AND_HALF,
    )


def test_results_are_points_total_and_rank(period):
    # 15 of 20: 75% × 60 = 45; 64 学时 ÷ 20 = 3.2 ÷ 4 × 40 = 32
    assert results(period) == [("梅县区", 20, [4500, 3200], 7700, 1)]


def test_changed_weights_score_the_running_period_anew(period, manager):
    edit(period, manager, OTHER_WEIGHTS)

    # 7.5 + 72
    assert results(period) == [("梅县区", 20, [750, 7200], 7950, 1)]


def test_computing_after_a_change_gives_what_the_change_gave(period, manager):
    edit(period, manager, OTHER_WEIGHTS)
    scored = results(period)

    domain.compute_period(period_id=period.pk, now=NOW)

    assert results(period) == scored


def test_computing_twice_is_computing_once(period):
    first = results(period)

    domain.compute_period(period_id=period.pk, now=NOW)

    assert results(period) == first


def test_a_period_freezes_with_its_board(period, board):
    freeze(board, DECEMBER)

    domain.compute_period(period_id=period.pk, now=DECEMBER)

    period.refresh_from_db()
    assert period.frozen_at == DECEMBER


def test_a_period_waits_for_its_board(period, board):
    domain.compute_period(period_id=period.pk, now=DECEMBER)

    period.refresh_from_db()
    assert (period.frozen_at, period.computed_at) == (None, DECEMBER)


def test_a_frozen_period_keeps_its_weights_and_results(tree, period, board, manager):
    freeze(board, DECEMBER)
    domain.compute_period(period_id=period.pk, now=DECEMBER)
    before = results(period)
    board.standings.update(subtree_joined=1)

    edit(period, manager, OTHER_WEIGHTS, now=DECEMBER)
    computed = domain.compute_period(period_id=period.pk, now=DECEMBER)

    period.refresh_from_db()
    assert (computed, period.parts, results(period)) == (False, HALF_AND_HALF, before)


def test_a_period_that_is_over_keeps_its_weights_before_it_is_frozen(period, manager):
    edit(period, manager, OTHER_WEIGHTS, now=DECEMBER)

    period.refresh_from_db()
    running = AssessmentPeriod.objects.get(key="month-2026-12")
    assert (period.parts, running.parts) == (HALF_AND_HALF, OTHER_WEIGHTS)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(total=1),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_update([rows.get()], ["total"]),
        lambda rows: rows.get().save(),
        lambda rows: AssessmentResult.objects.bulk_create(list(rows)),
        lambda rows: rows.get().delete(),
    ],
)
def test_frozen_results_cannot_be_changed_by_the_way(period, board, change):
    freeze(board, DECEMBER)
    domain.compute_period(period_id=period.pk, now=DECEMBER)

    with pytest.raises(Unchangeable):
        change(AssessmentResult.objects.filter(period=period))


def test_a_period_waits_for_the_tasks_that_closed_in_it(tree, period, board):
    task = Plan.objects.create(
        title="任务",
        federation=tree.city,
        opens_at=NOW - timedelta(days=3),
        cutoff_at=board.cutoff_at,
    )
    freeze(board, DECEMBER)

    domain.compute_period(period_id=period.pk, now=DECEMBER)
    period.refresh_from_db()
    assert period.frozen_at is None

    freeze(task, DECEMBER)
    domain.compute_period(period_id=period.pk, now=DECEMBER)
    period.refresh_from_db()
    assert period.frozen_at == DECEMBER


def test_saving_weights_takes_as_many_queries_for_thirty_units_as_for_one(
    tree, period, manager, board
):
    with CaptureQueriesContext(connection) as one:
        edit(period, manager, OTHER_WEIGHTS)
    for number in range(29):
        county = add_federation(parent=tree.city, name=f"县{number}", level=3)
        put_figures(board, county, due=20, joined=number % 20)
    domain.compute_period(period_id=period.pk, now=NOW)

    with CaptureQueriesContext(connection) as thirty:
        edit(period, manager, HALF_AND_HALF)

    assert len(thirty) == len(one)
    assert period.results.exclude(rank=None).count() == 30


def test_the_clock_opens_the_next_period_and_computes_both(tree, period):
    make_board(tree.province, "month-2026-12")

    assert domain.compute_open_periods(now=DECEMBER) == 2


def test_the_clock_opens_nothing_for_a_stopped_scheme(period, manager):
    edit(period, manager, HALF_AND_HALF, is_running=False)

    domain.compute_open_periods(now=DECEMBER)

    assert list(AssessmentPeriod.objects.values_list("key", flat=True)) == ["month-2026-11"]


def test_a_change_is_on_record_with_before_and_after(period, manager):
    edit(period, manager, (Indicator("joined", 100, 900),))

    event = AssessmentEvent.objects.filter(kind="edited").get()
    assert (event.by, event.changes) == (
        manager,
        [
            ["参与率", "权重 60%，目标 100%", "权重 100%，目标 90%"],
            ["人均学时", "权重 40%，目标 4 学时", ""],
        ],
    )


def test_an_older_form_overwrites_nothing(period, manager):
    settings = domain.Settings("改名", HALF_AND_HALF)
    edit(period, manager, OTHER_WEIGHTS)

    with pytest.raises(domain.SchemeChanged):
        domain.edit_scheme(
            scheme_id=period.scheme_id, version=1, settings=settings, by=manager, now=NOW
        )


@pytest.mark.parametrize(
    ("indicators", "message"),
    [
        ((), "至少要有一项指标，请填权重和目标。"),
        ((Indicator("joined", 95, 900),), "权重合计要是 100%，现在还差 5%。"),
        (
            (Indicator("joined", 70, 900), Indicator("credit", 40, 400)),
            "权重合计要是 100%，现在多了 10%。",
        ),
        ((Indicator("joined", 50, 900),) * 2, "同一项指标只能用一次。"),
        ((Indicator("unheard", 100, 900),), "每项指标的权重和目标都要大于 0。"),
    ],
)
def test_indicators_that_do_not_hold_together_are_refused(period, manager, indicators, message):
    with pytest.raises(domain.SchemeRefused, match=message):
        edit(period, manager, indicators)


def test_only_units_below_can_be_assessed(tree, manager):
    with pytest.raises(domain.SchemeRefused):
        domain.create_scheme(
            federation=tree.city,
            span="month",
            level=2,
            settings=domain.Settings("考核", HALF_AND_HALF),
            by=manager,
            now=NOW,
        )


def test_small_units_have_points_and_no_rank(tree, manager, board):
    board.standings.update(subtree_due=9, subtree_joined=9)
    period = domain.create_scheme(
        federation=tree.province,
        span="month",
        level=4,
        settings=domain.Settings("镇街考核", (Indicator("joined", 100, 1000),)),
        by=manager,
        now=NOW,
    )

    domain.compute_period(period_id=period.pk, now=NOW)

    assert results(period) == [
        ("松口镇", 9, [10_000], 10_000, None),
        ("沙面街道", 0, [None], None, None),
        ("石碣镇", 0, [None], None, None),
    ]


def test_equal_units_share_a_rank(tree, manager, board):
    for town in (tree.other_town, tree.dongguan_town):
        put_figures(board, town, due=20, joined=18)
    period = domain.create_scheme(
        federation=tree.province,
        span="month",
        level=4,
        settings=domain.Settings("镇街考核", (Indicator("joined", 100, 1000),)),
        by=manager,
        now=NOW,
    )

    domain.compute_period(period_id=period.pk, now=NOW)

    assert [row[-1] for row in results(period)] == [3, 1, 1]


def test_a_note_is_for_frozen_periods_only(period, board, manager):
    with pytest.raises(domain.PeriodOpen):
        domain.note_period(period_id=period.pk, text="参与率有误", by=manager, now=NOW)
    freeze(board, DECEMBER)
    domain.compute_period(period_id=period.pk, now=DECEMBER)

    note = domain.note_period(period_id=period.pk, text="参与率有误", by=manager, now=DECEMBER)

    assert (note.kind, note.reason, note.period) == ("noted", "参与率有误", period)
