"""The ledger follows progress, appends only, and names the rule of every entry."""

import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from config.site_setup import set_up_site
from learning.domain.ledger import RuleHasBegun, award_points, remove_rule, save_rule
from learning.domain.outcomes import fold_outcomes
from learning.models import (
    BehaviourName,
    EntryKind,
    LedgerEntry,
    OutcomeMark,
    PointRule,
    Unchangeable,
)
from members.models import Member
from tests.factories import make_committee_member
from tests.learning.ledgers import DAY, NOW, entries, fold, hand_in, learn, make_rule, restate
from tests.pages import make_course, make_lesson, make_quiz_page

TODAY = NOW.date()


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def lesson(academy):
    return make_lesson(academy, title="婚姻家庭")


@pytest.fixture
def quiz(academy):
    return make_quiz_page(academy)


def test_finished_lesson_earns_once(member, lesson):
    rule = make_rule()
    learn(member, lesson)
    fold()
    award_points(member_ids=[member.pk], now=NOW + DAY)

    entry = LedgerEntry.objects.get()
    assert (entry.points, entry.credit, entry.day, entry.rule, entry.kind, entry.page_id) == (
        5,
        25,
        TODAY,
        rule,
        EntryKind.EARNED,
        lesson.pk,
    )


def test_test_earns_for_handing_in_and_for_passing(member, quiz):
    make_rule("quiz_handed_in", 2, 0)
    make_rule("quiz_passed", 5, 50)
    hand_in(member, quiz, has_passed=False)
    fold()
    hand_in(member, quiz, NOW + DAY)
    fold(NOW + DAY)

    assert entries() == [(f"hand_in:{quiz.pk}", 2, 0), (f"pass:{quiz.pk}", 5, 50)]


def test_finished_course_is_no_lesson(member, academy):
    make_rule()
    make_rule("course_finished", 10, 0)
    course = make_course(academy)
    learn(member, course, seconds=None)
    fold()

    assert entries() == [(f"course:{course.pk}", 10, 0)]


def test_other_pages_earn_nothing(member, academy):
    make_rule()
    learn(member, academy)
    fold()

    assert not LedgerEntry.objects.exists()


def test_nothing_is_written_for_what_the_cap_leaves_nothing_of(member, academy):
    make_rule(credit=0, daily_cap=5)
    for _each in range(2):
        learn(member, make_lesson(academy))
    fold()

    assert [points for _key, points, _credit in entries()] == [5]


def test_void_is_a_correction_with_a_reason(member, quiz):
    make_rule("quiz_passed", 5, 50)
    hand_in(member, quiz)
    fold()
    restate(member, quiz)
    fold()

    assert [row[1:] for row in entries()] == [(5, 50), (-5, -50)]
    correction = LedgerEntry.objects.order_by("pk").last()
    assert (correction.kind, correction.reason) == (EntryKind.CORRECTION, "成绩已更正或作废")


def test_passing_again_after_a_void_is_paid_again(member, quiz):
    make_rule("quiz_passed", 5, 50)
    hand_in(member, quiz)
    fold()
    restate(member, quiz)
    fold()
    hand_in(member, quiz, NOW + DAY)
    fold(NOW + DAY)

    last = LedgerEntry.objects.order_by("pk").last()
    assert (last.points, last.day, last.number) == (5, TODAY + DAY, 2)
    assert last.reason == "重新达到，补记"


def test_corrected_moment_moves_the_points_to_its_year(member, quiz):
    make_rule("quiz_passed", 5, 50, starts_on=date(2025, 1, 1))
    hand_in(member, quiz)
    fold()
    earlier = NOW.replace(year=2025, month=12)
    restate(member, quiz, handed_in_at=earlier, passed_at=earlier)
    fold()

    by_day = LedgerEntry.objects.order_by("pk").values_list("day__year", "points", "credit")
    assert list(by_day) == [(2026, 5, 50), (2026, -5, -50), (2025, 5, 50)]


def test_room_below_the_cap_that_a_void_frees_goes_to_the_next(member, academy):
    make_rule("quiz_passed", 5, 0, daily_cap=5)
    first, second = make_quiz_page(academy), make_quiz_page(academy)
    hand_in(member, first)
    hand_in(member, second, NOW.replace(hour=11))
    fold()
    restate(member, first)
    fold()

    assert entries() == [
        (f"pass:{first.pk}", 5, 0),
        (f"pass:{first.pk}", -5, 0),
        (f"pass:{second.pk}", 5, 0),
    ]


def test_new_version_leaves_what_was_earned(member, academy):
    make_rule()
    learn(member, make_lesson(academy))
    fold()
    rule = PointRule(behaviour="lesson_micro", points=9, credit=0, starts_on=TODAY + DAY)
    save_rule(rule=rule, by=member, today=TODAY)
    learn(member, make_lesson(academy), NOW + DAY)
    fold(NOW + DAY)

    assert [(points, credit) for _key, points, credit in entries()] == [(5, 25), (9, 0)]


def test_number_of_queries_is_fixed(tree, academy):
    make_rule()
    lesson = make_lesson(academy)

    def count(size):
        members = [make_committee_member(tree.village) for _each in range(size)]
        for member in members:
            learn(member, lesson)
        with CaptureQueriesContext(connection) as captured:
            award_points(member_ids=[member.pk for member in members], now=NOW)
        return len(captured)

    count(1)
    assert count(1) == count(30)
    assert LedgerEntry.objects.count() == 32


def hiding(quiz, until):
    return lambda now: {} if until and now >= until else {quiz.pk: until}


def follow(member, now, quiz, until):
    fold_outcomes(followers=[partial(award_points, find_hidden=hiding(quiz, until))], now=now)


def test_hidden_pass_is_paid_when_its_page_tells(member, quiz):
    make_rule("quiz_handed_in", 2, 0)
    make_rule("quiz_passed", 5, 50)
    hand_in(member, quiz)
    tells_at = NOW + 3 * DAY
    for hours in range(2):
        follow(member, NOW + hours * DAY, quiz, tells_at)
    assert entries() == [(f"hand_in:{quiz.pk}", 2, 0)]
    follow(member, tells_at, quiz, tells_at)

    assert LedgerEntry.objects.get(key=f"pass:{quiz.pk}").day == TODAY
    assert not OutcomeMark.objects.exists()


def test_member_waits_with_one_mark_for_a_page_that_will_tell(member, quiz):
    make_rule("quiz_passed", 5, 50)
    hand_in(member, quiz)
    for _each in range(2):
        award_points(member_ids=[member.pk], now=NOW + DAY, find_hidden=hiding(quiz, NOW + 3 * DAY))

    assert OutcomeMark.objects.filter(due_at=NOW + 3 * DAY).count() == 1


def test_page_that_never_tells_pays_no_pass(member, quiz):
    make_rule("quiz_passed", 5, 50)
    hand_in(member, quiz)
    follow(member, NOW, quiz, None)

    assert not LedgerEntry.objects.exists()
    assert not OutcomeMark.objects.exists()


def test_pass_that_was_paid_stays_when_its_page_begins_to_hide(member, quiz):
    make_rule("quiz_passed", 5, 50)
    hand_in(member, quiz)
    fold()
    hand_in(member, quiz, NOW + DAY)
    follow(member, NOW + DAY, quiz, None)

    assert entries() == [(f"pass:{quiz.pk}", 5, 50)]


@pytest.mark.parametrize("starts_on", [TODAY, TODAY - DAY])
def test_rule_cannot_start_today_or_earlier(member, starts_on):
    rule = PointRule(behaviour="lesson_micro", points=9, starts_on=starts_on)
    with pytest.raises(RuleHasBegun):
        save_rule(rule=rule, by=member, today=TODAY)


def test_version_that_has_begun_stays(member):
    rule = make_rule(starts_on=TODAY)
    with pytest.raises(RuleHasBegun):
        remove_rule(rule_id=rule.pk, today=TODAY)
    rule.starts_on = TODAY + DAY
    with pytest.raises(RuleHasBegun):
        save_rule(rule=rule, by=member, today=TODAY)
    rule.refresh_from_db()
    assert rule.starts_on == TODAY


def test_version_that_has_not_begun_can_be_changed_and_removed(member):
    rule = make_rule(starts_on=TODAY + DAY)
    rule.points = 6
    save_rule(rule=rule, by=member, today=TODAY)
    assert PointRule.objects.get().points == 6
    remove_rule(rule_id=rule.pk, today=TODAY)
    assert not PointRule.objects.exists()


def test_site_starts_with_a_rule_for_every_behaviour(db):
    set_up_site()
    set_up_site()

    rules = PointRule.objects.values_list("behaviour", flat=True)
    assert sorted(rules) == sorted(BehaviourName.values)


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: LedgerEntry.objects.update(points=9),
        lambda entry: LedgerEntry.objects.all().delete(),
        lambda entry: LedgerEntry.objects.bulk_update([entry], ["points"]),
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
    ],
)
def test_entry_cannot_be_changed(member, lesson, change):
    make_rule()
    learn(member, lesson)
    fold()
    with pytest.raises(Unchangeable):
        change(LedgerEntry.objects.get())


def test_entries_go_with_their_member_only(member, lesson):
    """Her right to erasure."""
    make_rule()
    learn(member, lesson)
    fold()
    member.appointments.all().delete()
    Member.objects.get(pk=member.pk).delete()

    assert not LedgerEntry.objects.exists()


def test_no_code_changes_entries():
    """The only statement that writes the table is one bulk_create, but for invented people."""
    root = Path(settings.BASE_DIR)
    apps = ("config", "courses", "federations", "knowledge_base", "learning", "members", "quizzes")
    sources = [path for app in apps for path in (root / app).rglob("*.py")]
    texts = {
        path.relative_to(root).as_posix(): path.read_text()
        for path in sources
        if "migrations" not in path.parts
    }
    writers = {name for name, text in texts.items() if "LedgerEntry(" in text}
    assert writers == {"learning/domain/ledger/award.py", "learning/models/ledger.py"}
    writes = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+learning_ledgerentry")
    # It fills an empty database and no other.
    seeding = {"config/scale/records.py"}
    assert {name for name, text in texts.items() if writes.search(text)} == seeding
    assert "_raw_delete" not in texts["learning/domain/ledger/award.py"]
    for name in writers - {"learning/models/ledger.py"}:
        assert ".update(" not in texts[name]
        assert ".delete(" not in texts[name]


@pytest.mark.parametrize(
    "fields",
    [
        {"points": 0, "credit": 0},
        {"number": 1},
        {"kind": EntryKind.CORRECTION, "reason": "更正"},
        {"kind": EntryKind.CORRECTION, "number": 1},
        {"points": -5},
    ],
)
def test_database_refuses_entries_that_make_no_sense(member, lesson, fields):
    facts = {"points": 5, "credit": 0, "kind": EntryKind.EARNED} | fields
    with pytest.raises(IntegrityError), transaction.atomic():
        write(member, lesson, **facts)


def test_database_refuses_the_same_entry_twice(member, lesson):
    facts = {"points": 5, "credit": 0, "kind": EntryKind.EARNED}
    rule = write(member, lesson, **facts).rule
    with pytest.raises(IntegrityError), transaction.atomic():
        write(member, lesson, rule=rule, **facts)


def write(member, page, **fields):
    rule = fields.pop("rule", None) or make_rule()
    moment = {"occurred_at": NOW, "day": TODAY, "written_at": NOW}
    return LedgerEntry.objects.create(
        member=member, page=page, rule=rule, key=f"lesson:{page.pk}", **moment, **fields
    )
