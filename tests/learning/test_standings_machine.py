"""Whatever happens to members, rosters and plans, in whatever order: after a fold the standings are
what a recount of the raw rows gives, and a frozen plan stays as it was.
"""

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection, transaction
from django.test import TestCase
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from federations.domain.appointments import remove_appointment, save_appointment
from federations.models import Appointment, Federation, Position
from learning.domain.boards import open_boards
from learning.domain.ledger import award_points
from learning.domain.outcomes import fold_outcomes
from learning.domain.plans import create_plan, edit_plan, pause_plan, resume_plan
from learning.domain.progress import (
    ScoreHistory,
    complete_page,
    lock_progress_of,
    record_score,
    restate_scores,
    start_page,
)
from learning.domain.standings import fold_standings, freeze_due_plans, rebuild_standings
from learning.domain.standings.people import people_of
from learning.models import Plan, PlanItem, PlanRosterEntry, Reach, Standing
from learning.people import read_moment
from tests.factories import make_committee_member, make_staff
from tests.learning.ledgers import make_rule
from tests.learning.recount import add_up, judge_everybody
from tests.pages import make_lesson, make_quiz_page

# Midday: no step of the machine passes midnight unless it means to.
START = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
FIGURES = ("due", "joined", "completed", "scored", "score_bp", "passed", "excellent", "credit")
# What people_of answers with of one member, beside her and her position; the last are moments.
REACHED = (
    *("has_joined", "has_completed", "done", "score_bp", "active_at", "has_passed"),
    *("is_excellent", "credit", "joined_at", "completed_at", "passed_at"),
)
who = st.integers(0, 5)
where = st.integers(0, 11)
positions = st.sampled_from(Position.values[:3])
plan_places = st.integers(0, 2)
audiences = st.fixed_dictionaries(
    {
        "reach": st.sampled_from([Reach.SUBTREE, Reach.SUBTREE, Reach.OWN]),
        "levels": st.sampled_from([(), (), (5,), (4, 5), (1, 2)]),
        "positions": st.sampled_from([(), (), ("主席",), ("主席", "副主席")]),
    }
)
item_lists = st.lists(
    st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=3, unique_by=lambda i: i[0]
)


class StandingsMachine(RuleBasedStateMachine):
    tree = pages = places = staff = None
    names = count(1)

    @initialize(homes=st.lists(st.tuples(where, positions), min_size=3, max_size=6))
    def begin(self, homes):
        # Each life begins with an empty roster and no plan.
        self.savepoint = transaction.savepoint()
        self.now = START
        self.members = [self._enrol(*home) for home in homes]
        self.plans: list[int] = []
        self.frozen: dict[int, tuple] = {}
        self._open_boards()

    def _enrol(self, place, position):
        member = make_committee_member(self.places[place], f"执委{next(self.names)}")
        held = member.appointments.get()
        held.position = position
        save_appointment(appointment=held)
        return member

    def _open_boards(self):
        """A test's transaction never commits: the rebuild that waits for it is run by hand."""
        with TestCase.captureOnCommitCallbacks():
            open_boards(now=self.now)
        for plan in Plan.boards.exclude(kind="task").exclude(pk__in=self.plans):
            rebuild_standings(plan_id=plan.pk, now=self.now)
            self.plans.append(plan.pk)

    def _tick(self):
        """Every event has a moment of its own."""
        self.now += timedelta(seconds=1)
        return self.now

    def _member(self, number):
        return self.members[number % len(self.members)]

    def _open_plan(self, number) -> Plan | None:
        plans = list(Plan.objects.filter(pk__in=self.plans, frozen_at=None).order_by("pk"))
        return plans[number % len(plans)] if plans else None

    # What members do

    @rule(number=who, page=st.integers(0, 1))
    def finish(self, number, page):
        complete_page(member=self._member(number), page_id=self.pages[page].pk, now=self._tick())

    @rule(number=who, page=st.integers(0, 3))
    def begin_page(self, number, page):
        start_page(member=self._member(number), page_id=self.pages[page].pk, now=self._tick())

    @rule(number=who, page=st.integers(2, 3), score=st.integers(0, 10_000))
    def hand_in(self, number, page, score):
        record_score(
            member=self._member(number),
            page_id=self.pages[page].pk,
            score_bp=score,
            has_passed=score >= 6000,
            now=self._tick(),
        )

    @rule(number=who, page=st.integers(2, 3), score=st.none() | st.integers(0, 10_000))
    def correct(self, number, page, score):
        """A correction gives the hand-in another score, a void takes it away."""
        member, page_id, now = self._member(number), self.pages[page].pk, self._tick()
        locked = lock_progress_of(member_ids=[member.pk], page_id=page_id, now=now)
        moment = locked[member.pk].handed_in_at
        if moment is None:
            return
        passed_at = moment if score is not None and score >= 6000 else None
        told = (
            ScoreHistory() if score is None else ScoreHistory(moment, passed_at, ((moment, score),))
        )
        restate_scores(page_id=page_id, steps_by_member={member.pk: told}, locked=locked, now=now)

    # What happens to the roster

    @rule(number=who, place=where)
    def move(self, number, place):
        held = self._member(number).appointments.filter(is_counted=True).first()
        if held:
            held.federation = self.places[place]
            save_appointment(appointment=held)

    @rule(number=who, position=positions)
    def promote(self, number, position):
        held = self._member(number).appointments.filter(is_counted=True).first()
        if held:
            held.position = position
            save_appointment(appointment=held)

    @rule(number=who, days=st.integers(-3, 3))
    def end_term(self, number, days):
        held = self._member(number).appointments.filter(is_counted=True).first()
        if held:
            held.ends_on = timezone.localdate(self.now) + timedelta(days=days)
            save_appointment(appointment=held)

    @rule(number=who, place=where)
    def appoint_again(self, number, place):
        member = self._member(number)
        if member.appointments.filter(is_counted=True).exists():
            return
        today = timezone.localdate(self.now)
        save_appointment(
            appointment=Appointment(
                member=member,
                federation=self.places[place],
                position=Position.MEMBER,
                starts_on=today - timedelta(days=next(self.names)),
            )
        )

    @rule(number=who)
    def dismiss(self, number):
        held = self._member(number).appointments.filter(is_counted=True).first()
        if held:
            remove_appointment(appointment=held)

    @precondition(lambda self: len(self.members) < 6)
    @rule(place=where, position=positions)
    def enrol(self, place, position):
        self.members.append(self._enrol(place, position))

    # What staff do to plans

    @precondition(lambda self: Plan.objects.count() < 3)
    @rule(
        place=plan_places,
        audience=audiences,
        items=item_lists,
        hours=st.none() | st.integers(1, 72),
    )
    def create(self, place, audience, items, hours):
        plan = Plan(
            title="任务",
            federation=[self.tree.province, self.tree.city, self.tree.town][place],
            opens_at=self.now - timedelta(days=1),
            cutoff_at=self.now + timedelta(hours=hours) if hours else None,
            **audience,
        )
        self._save(plan, items, create=True)
        self.plans.append(plan.pk)

    def _save(self, plan, items, *, create=False):
        def write():
            plan.save()
            PlanItem.objects.filter(plan=plan).delete()
            for place, (page, is_required) in enumerate(items):
                PlanItem.objects.create(
                    plan=plan, page=self.pages[page], is_required=is_required, sort_order=place
                )
            return Plan.objects.get(pk=plan.pk)

        # A test's transaction never commits: the rebuild that waits for it is run by hand.
        with TestCase.captureOnCommitCallbacks():
            if create:
                create_plan(write=write, by=self.staff, now=self._tick())
            else:
                edit_plan(
                    plan=plan, version=plan.version, write=write, by=self.staff, now=self._tick()
                )
        rebuild_standings(plan_id=plan.pk, now=self.now)

    @rule(number=who, audience=audiences, items=item_lists)
    def edit(self, number, audience, items):
        if plan := self._open_plan(number):
            for name, value in audience.items():
                setattr(plan, name, value)
            self._save(plan, items)

    @rule(number=who, hours=st.integers(1, 72))
    def put_off(self, number, hours):
        """Later, or earlier, but never into the past."""
        if plan := self._open_plan(number):
            plan.cutoff_at = self.now + timedelta(hours=hours)
            items = [(self._place_of(i.page_id), i.is_required) for i in plan.items.all()]
            self._save(plan, items)

    def _place_of(self, page_id):
        return next(place for place, page in enumerate(self.pages) if page.pk == page_id)

    @rule(number=who)
    def pause_or_resume(self, number):
        if plan := self._open_plan(number):
            change = resume_plan if plan.is_paused else pause_plan
            change(plan_id=plan.pk, by=self.staff, reason="试", now=self._tick())

    # What the clock does

    @rule()
    def fold(self):
        fold_standings(now=self.now)

    @rule()
    def pay(self):
        """The ledger follows, sometimes late: its entries mark what they change."""
        fold_outcomes(followers=[award_points], now=self.now)

    @rule()
    def open_boards(self):
        self._open_boards()

    @rule(hours=st.integers(1, 40))
    def let_time_pass(self, hours):
        """Plans close on the way; the night's rebuild takes in terms that ended by the calendar."""
        before = timezone.localdate(self.now)
        self.now += timedelta(hours=hours)
        freeze_due_plans(now=self.now)
        self._open_boards()
        for plan in Plan.boards.filter(pk__in=self.plans).exclude(pk__in=self.frozen):
            if plan.is_frozen:
                self.frozen[plan.pk] = self._record_of(plan)
            elif timezone.localdate(self.now) != before:
                rebuild_standings(plan_id=plan.pk, now=self.now)

    def _record_of(self, plan):
        names = [f"{prefix}_{name}" for prefix in ("own", "subtree") for name in FIGURES]
        standings = Standing.objects.filter(plan=plan).order_by("federation")
        roster = PlanRosterEntry.objects.filter(plan=plan).order_by("member").values_list()
        return list(standings.values_list("federation", *names)), list(roster)

    # What must hold

    @invariant()
    def frozen_plans_stay(self):
        for plan in Plan.boards.filter(pk__in=getattr(self, "frozen", ())):
            assert self._record_of(plan) == self.frozen[plan.pk]

    @rule()
    def compare(self):
        fold_standings(now=self.now)
        for plan in Plan.boards.filter(pk__in=self.plans, frozen_at=None):
            check = rebuild_standings(plan_id=plan.pk, now=self.now, check=True)
            assert (check.differences, check.pending) == ([], 0)
            everybody = judge_everybody(plan, self.now)
            assert self._stored(plan) == add_up(everybody)
            assert self._listed(plan) == {
                pk: (held.federation_id, *(getattr(r, name) for name in REACHED))
                for pk, (held, r) in everybody.items()
            }

    def _stored(self, plan):
        cells = Standing.objects.filter(plan=plan, subtree_due__gt=0)
        columns = [f"subtree_{name}" for name in FIGURES]
        root = plan.federation
        above = root.paths_down_to_here[:-1]
        found = {
            path: tuple(rest) for path, *rest in cells.values_list("federation__path", *columns)
        }
        # The recount goes up to the root; the plan's own figures end at its federation.
        return found | dict.fromkeys(above, found[root.path]) if root.path in found else found

    def _listed(self, plan):
        ids = list(Federation.objects.below(plan.federation).values_list("pk", flat=True))
        ids = [pk for pk in ids if plan.reach == Reach.SUBTREE or pk == plan.federation_id]
        levels = Federation.objects.filter(pk__in=ids)
        if plan.levels:
            levels = levels.filter(level__in=plan.levels)
        ids = list(levels.values_list("pk", flat=True))
        if not ids:
            return {}
        rows = people_of(plan, ", ".join(["%s"] * len(ids)), ids, self.now)
        with connection.cursor() as cursor:
            cursor.execute(rows.sql, rows.params)
            return {
                member: (team, *map(_read, REACHED, reached))
                for member, team, _position, *reached in cursor.fetchall()
            }

    def teardown(self):
        if not hasattr(self, "plans"):
            return
        try:
            self.compare()
        finally:
            transaction.savepoint_rollback(self.savepoint)


def _read(name, value):
    """As Python has it: SQLite answers with numbers and texts."""
    if name.endswith("_at"):
        return read_moment(value)
    return bool(value) if name.startswith(("has", "is")) else value


@pytest.fixture
def machine(tree, academy):
    course = make_lesson(academy).get_parent().specific
    places = list(Federation.objects.order_by("path"))
    pages = [make_lesson(course), make_lesson(course)]
    pages += [make_quiz_page(academy), make_quiz_page(academy)]
    make_rule("lesson_micro", credit=25)
    make_rule("quiz_handed_in", credit=10)
    make_rule("quiz_passed", credit=50)
    facts = {"tree": tree, "pages": pages, "places": places, "staff": make_staff(tree.province)}
    return type("Machine", (StandingsMachine,), facts)


@pytest.mark.timeout(900)
def test_standings_equal_a_recount_after_any_sequence(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
