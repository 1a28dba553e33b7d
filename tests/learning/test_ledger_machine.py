"""The ledger against an independent recount, after any sequence of what may happen."""

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from learning.domain.ledger import award_points, save_rule
from learning.models import BehaviourName, LedgerEntry, PointRule, Progress
from tests.factories import make_committee_member
from tests.learning.ledgers import NOW, fold, hand_in, learn, make_rule, restate
from tests.pages import make_course, make_lesson, make_quiz_page

LENGTHS = (60, 300, 900, 1000, 2400)
lessons, quizzes = st.integers(0, len(LENGTHS) - 1), st.integers(0, 2)


class LedgerMachine(RuleBasedStateMachine):
    academy = tree = None

    @initialize()
    def begin(self):
        self.savepoint = transaction.savepoint()
        self.academy.refresh_from_db()
        self.now = NOW
        self.member = make_committee_member(self.tree.village)
        self.course = make_course(self.academy)
        self.lessons = [make_lesson(self.course) for _each in LENGTHS]
        self.quizzes = [make_quiz_page(self.academy) for _each in range(3)]
        for behaviour in BehaviourName.values:
            make_rule(behaviour, 5, 25, daily_cap=7)
        self.is_folded = True

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 30]))
    def wait(self, hours):
        self.now += timedelta(hours=hours)

    @rule(number=lessons)
    def finish_lesson(self, number):
        learn(self.member, self.lessons[number], self.now, LENGTHS[number])
        self.is_folded = False

    @rule()
    def finish_course(self):
        learn(self.member, self.course, self.now, None)
        self.is_folded = False

    @rule(number=quizzes, has_passed=st.booleans())
    def hand_in(self, number, has_passed):
        hand_in(self.member, self.quizzes[number], self.now, has_passed=has_passed)
        self.is_folded = False

    @rule(number=quizzes)
    def void(self, number):
        restate(self.member, self.quizzes[number], self.now)
        self.is_folded = False

    @rule(number=quizzes, hours=st.sampled_from([0, 3, 30]), has_passed=st.booleans())
    def correct(self, number, hours, has_passed):
        """A marker's work counts from the hand-in, which may have been days ago."""
        handed_in = self.now - timedelta(hours=hours)
        passed_at = handed_in if has_passed else None
        page = self.quizzes[number]
        restate(self.member, page, self.now, handed_in_at=handed_in, passed_at=passed_at)
        self.is_folded = False

    @rule(
        behaviour=st.sampled_from(BehaviourName.values),
        points=st.integers(0, 9),
        credit=st.sampled_from([0, 25, 100]),
        daily_cap=st.one_of(st.none(), st.integers(9, 12)),
        days=st.integers(1, 3),
    )
    def change_rule(self, behaviour, points, credit, daily_cap, days):
        today = localdate(self.now)
        starts_on = today + timedelta(days=days)
        if PointRule.objects.filter(behaviour=behaviour, starts_on=starts_on).exists():
            return
        version = PointRule(
            behaviour=behaviour,
            points=points,
            credit=credit,
            daily_cap=daily_cap,
            starts_on=starts_on,
        )
        save_rule(rule=version, by=self.member, today=today)

    @rule()
    def fold(self):
        fold(self.now)
        self.is_folded = True

    @rule()
    def fold_again(self):
        if self.is_folded:
            assert award_points(member_ids=[self.member.pk], now=self.now) == 0

    @invariant()
    def ledger_says_what_a_recount_says(self):
        if getattr(self, "is_folded", False):
            assert booked(self.member) == recount(self.member)


def booked(member) -> dict:
    """(behaviour, day) → (points, credit), what adds up to nothing left out."""
    rows = LedgerEntry.objects.filter(member=member).order_by().values("rule__behaviour", "day")
    sums = rows.annotate(points=Sum("points"), credit=Sum("credit"))
    figures = sums.values_list("rule__behaviour", "day", "points", "credit")
    return {(name, day): pair for name, day, *pair in figures if any(pair)}


def recount(member) -> dict:
    """Plainly: how often each behaviour was met on each day, times its rule, up to its cap."""
    acts = Counter()
    for row in Progress.objects.filter(member=member).select_related("page__content_type"):
        model = row.page.content_type.model
        if model == "quizpage":
            if row.handed_in_at:
                acts["quiz_handed_in", localdate(row.handed_in_at)] += 1
            if row.passed_at:
                acts["quiz_passed", localdate(row.passed_at)] += 1
        elif row.completed_at:
            acts[lesson_or_course(model, row.seconds), localdate(row.completed_at)] += 1
    figures = {}
    for (name, day), count in acts.items():
        rule = PointRule.objects.filter(behaviour=name, starts_on__lte=day).latest("starts_on")
        points = count * rule.points
        capped = points if rule.daily_cap is None else min(points, rule.daily_cap)
        figures[name, day] = [capped, count * rule.credit]
    return {place: pair for place, pair in figures.items() if any(pair)}


def lesson_or_course(model, seconds) -> str:
    if model == "coursepage":
        return "course_finished"
    if seconds >= 1800:
        return "lesson_long"
    return "lesson_medium" if seconds > 900 else "lesson_micro"


def test_ledger_equals_a_recount(tree, academy):
    LedgerMachine.tree, LedgerMachine.academy = tree, academy
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
