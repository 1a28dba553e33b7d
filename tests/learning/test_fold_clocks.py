"""Tasks and quizzes are folded by one clock, periods by another; none waits for the other."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils import timezone

from learning import tasks
from learning.domain.standings import Busy, fold_standings
from learning.domain.standings.rebuild import lock_plan
from learning.models import Plan, StaleStanding
from tests.learning.boards import make_period

NOW = timezone.now()


@pytest.fixture
def task(tree):
    return Plan.objects.create(title="年度学习任务", federation=tree.province, opens_at=NOW)


@pytest.fixture
def period(tree):
    return make_period(tree)


def mark(tree, *plans):
    StaleStanding.objects.bulk_create(
        StaleStanding(plan=plan, federation=tree.village) for plan in plans
    )


def waiting():
    return set(StaleStanding.objects.values_list("plan_id", flat=True))


@contextmanager
def held(plan):
    """Somebody else folds the plan meanwhile."""
    taken, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            lock_plan(plan.pk)
            taken.set()
            done.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert taken.wait(20)
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.mark.django_db
def test_each_clock_takes_its_own(tree, task, period):
    mark(tree, task, period)
    tasks.fold_standings()
    assert waiting() == {period.pk}
    tasks.fold_periods()
    assert waiting() == set()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer")
@pytest.mark.parametrize("busy", [Busy.SKIP, Busy.STOP])
def test_plan_in_other_hands_is_not_waited_for(tree, task, period, busy):
    mark(tree, task, period)
    with held(task):
        folded = fold_standings(now=NOW, busy=busy, kinds=[task.kind])
        assert (folded, waiting()) == (0, {task.pk, period.pk})
    assert fold_standings(now=NOW, busy=busy) == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer")
def test_others_are_folded_beside_it(tree, task, period):
    mark(tree, task, period)
    with held(task):
        fold_standings(now=NOW, busy=Busy.SKIP)
        assert waiting() == {task.pk}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer")
def test_periods_take_one_process_only(tree, period):
    other = make_period(tree, key="quarter-2026-4", title="2026年第4季度")
    mark(tree, period, other)
    with held(period):
        tasks.fold_periods()
        assert waiting() == {period.pk, other.pk}
