"""More time for those who are writing: by an override, or by staff for one attempt."""

import pytest

from quizzes.domain.attempts import (
    AttemptRefused,
    deadline_reason,
    extend_attempt,
    reopen_attempt,
)
from quizzes.domain.overrides import redate_open_attempts
from quizzes.models import AttemptEvent, QuizOverride
from tests.factories import make_committee_member, make_staff
from tests.quizzes.attempt_steps import MINUTE, NOW, SECOND, make_quiz, save, start, submit, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def staff(tree):
    return make_staff(tree.city)


@pytest.fixture
def quiz(academy):
    return make_quiz(academy, time_limit=10)


@pytest.fixture
def attempt(member, quiz):
    return start(member, quiz)


def override(quiz, staff, *, now=NOW, **fields) -> int:
    made = QuizOverride.objects.create(quiz=quiz, reason="视力不便", **fields)
    return redate_open_attempts(override=made, by=staff, now=now)


def minutes_of(attempt) -> int:
    attempt.refresh_from_db()
    return (attempt.deadline - attempt.started_at) / MINUTE


def test_override_lengthens_what_she_is_writing(attempt, quiz, member, staff):
    assert override(quiz, staff, member=member, extra_minutes=30) == 1

    assert minutes_of(attempt) == 40
    assert save(attempt, now=NOW + 39 * MINUTE).is_saved
    assert deadline_reason(attempt=attempt) == "限时 40 分钟"


def test_override_is_kept_with_the_attempt(attempt, quiz, member, staff):
    before = attempt.deadline
    override(quiz, staff, member=member, extra_minutes=30)

    event = AttemptEvent.objects.get(kind="reopened")
    moved = [before.isoformat(), (before + 30 * MINUTE).isoformat()]
    assert (event.by, event.reason, event.data) == (staff, "视力不便", {"deadline": moved})


def test_override_of_a_federation_reaches_those_below_it(attempt, quiz, staff, tree):
    elsewhere = start(make_committee_member(tree.other_village, "黄桂芳"), quiz)

    assert override(quiz, staff, federation=tree.town, extra_minutes=5) == 1
    assert (minutes_of(attempt), minutes_of(elsewhere)) == (15, 10)


@pytest.mark.parametrize("nearer", ["member", "federation"])
def test_override_that_does_not_decide_changes_nothing(attempt, quiz, staff, member, tree, nearer):
    whom = {"member": member} if nearer == "member" else {"federation": tree.village}
    QuizOverride.objects.create(quiz=quiz, reason="停电", extra_minutes=1, **whom)

    assert override(quiz, staff, federation=tree.town, extra_minutes=5) == 0
    assert minutes_of(attempt) == 10


def test_override_never_takes_time_away(attempt, quiz, staff, member):
    extend_attempt(attempt_id=attempt.pk, by=staff, reason="断网", now=NOW, extra_minutes=60)

    assert override(quiz, staff, member=member, extra_minutes=5) == 0
    assert minutes_of(attempt) == 70


def test_override_leaves_what_is_handed_in(quiz, staff, member):
    done = take(member, quiz, 1)

    assert override(quiz, staff, member=member, extra_minutes=5) == 0
    assert minutes_of(done) == 10


def test_override_takes_as_many_queries_for_thirty(quiz, staff, tree, django_assert_num_queries):
    for number in range(30):
        start(make_committee_member(tree.village, f"执委{number}"), quiz)
    made = QuizOverride.objects.create(quiz=quiz, federation=tree.town, extra_minutes=5)

    with django_assert_num_queries(6):  # two of them the savepoint
        assert redate_open_attempts(override=made, by=staff, now=NOW) == 30


def extend(attempt, staff, now=NOW, minutes=20, reason="断网"):
    return extend_attempt(
        attempt_id=attempt.pk, by=staff, reason=reason, now=now, extra_minutes=minutes
    )


def test_open_attempt_gets_more_minutes(attempt, staff):
    extend(attempt, staff)

    event = AttemptEvent.objects.get(kind="reopened")
    assert minutes_of(attempt) == 30
    assert (event.by, event.reason, event.data["extra_minutes"]) == (staff, "断网", 20)
    assert submit(attempt, now=NOW + 30 * MINUTE + 2 * SECOND).is_auto_submitted is False


def test_minutes_for_an_attempt_that_is_over_count_from_now(attempt, staff):
    extend(attempt, staff, now=NOW + 15 * MINUTE)

    assert minutes_of(attempt) == 35


def test_reopened_attempt_gets_more_minutes(quiz, staff, member):
    attempt = take(member, quiz, 1)
    reopen_attempt(attempt_id=attempt.pk, by=staff, reason="停电", now=NOW, extra_minutes=5)
    extend(attempt, staff)

    assert minutes_of(attempt) == 25


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"minutes": 0}, "至少 1 分钟"), ({"reason": " "}, "请写明原因")],
)
def test_extension_asks_for_minutes_and_a_reason(attempt, staff, changes, said):
    with pytest.raises(AttemptRefused, match=said):
        extend(attempt, staff, **changes)


def test_extension_is_refused_without_a_limit_or_after_the_hand_in(academy, quiz, staff, member):
    with pytest.raises(AttemptRefused, match="不限时间"):
        extend(start(member, make_quiz(academy)), staff)
    with pytest.raises(AttemptRefused, match="刚刚交卷"):
        extend(take(member, quiz, 1), staff)
