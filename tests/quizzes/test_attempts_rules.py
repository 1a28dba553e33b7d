"""Who may start, when, and until when: the quiz's rules and what an override changes."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from learning.domain.progress import complete_page, record_score
from quizzes.domain.attempts import (
    AttemptRefused,
    close_expired_attempts,
    close_if_expired,
    deadline_for,
    deadline_reason,
    find_obstacle,
    limit_warning,
    needs_password,
    reopen_attempt,
    rules_for,
    rules_for_many,
    void_attempt,
)
from quizzes.models import QuizOverride, QuizPrerequisite
from tests.factories import make_committee_member, make_staff
from tests.pages import make_lesson
from tests.quizzes.attempt_steps import MINUTE, NOW, SECOND, make_quiz, start, submit, take

NOON = timezone.make_aware(datetime(2026, 3, 8, 12))


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def quiz(academy):
    return make_quiz(academy, time_limit=10, attempts_allowed=1)


def override(quiz, **fields):
    return QuizOverride.objects.create(quiz=quiz, reason="特殊情况", **fields)


def test_override_of_the_member_comes_first(member, quiz, tree):
    override(quiz, federation=tree.village, extra_minutes=5)
    override(quiz, member=member, extra_minutes=20)

    assert rules_for(member=member, quiz=quiz).extra_minutes == 20


def test_override_of_the_lowest_federation_decides(member, quiz, tree):
    override(quiz, federation=tree.province, attempts_allowed=9)
    override(quiz, federation=tree.town, attempts_allowed=3)

    assert rules_for(member=member, quiz=quiz).attempts_allowed == 3


def test_override_leaves_what_it_does_not_name(member, quiz, tree):
    override(quiz, federation=tree.town, extra_minutes=3)

    rules = rules_for(member=member, quiz=quiz)

    assert (rules.time_limit, rules.attempts_allowed, rules.extra_minutes) == (10, 1, 3)


def test_override_elsewhere_changes_nothing(member, quiz, tree):
    override(quiz, federation=tree.other_city, extra_minutes=3)
    override(quiz, member=make_committee_member(tree.village, "黄桂芳"), extra_minutes=9)

    assert rules_for(member=member, quiz=quiz).extra_minutes == 0


def test_override_of_zero_attempts_lifts_the_limit(member, quiz):
    override(quiz, member=member, attempts_allowed=0)
    take(member, quiz, 0)

    assert find_obstacle(member=member, quiz=quiz, now=NOW) is None


def test_override_dates_open_a_closed_quiz(member, quiz):
    quiz.closes_at = NOW - MINUTE
    quiz.save()
    override(quiz, member=member, closes_at=NOW + MINUTE)

    assert start(member, quiz).deadline == NOW + MINUTE


def test_rules_of_many_quizzes_take_one_query(member, academy, django_assert_num_queries):
    quizzes = [make_quiz(academy, 0) for _ in range(3)]

    with django_assert_num_queries(1):
        rules_for_many(member=member, quizzes=quizzes)


def test_extra_minutes_lengthen_the_time_limit(member, quiz):
    override(quiz, member=member, extra_minutes=5)

    attempt = start(member, quiz)
    assert (attempt.deadline, deadline_reason(attempt=attempt)) == (
        NOW + 15 * MINUTE,
        "限时 15 分钟",
    )


def test_deadline_of_the_time_limit_says_so(member, quiz):
    assert deadline_reason(attempt=start(member, quiz)) == "限时 10 分钟"


def test_deadline_of_the_closing_says_so_and_warns_before(member, quiz):
    quiz.closes_at = NOW + 3 * MINUTE
    warning = limit_warning(quiz=quiz, rules=rules_for(member=member, quiz=quiz), now=NOW)

    assert "只有 3 分钟" in warning
    assert "截止" in deadline_reason(attempt=start(member, quiz))


def test_deadline_of_a_reopened_attempt_is_a_moment(member, quiz, tree):
    attempt = reopen_attempt(
        attempt_id=take(member, quiz, 1).pk,
        by=make_staff(tree.city),
        reason="停电",
        now=NOW + 61 * SECOND,
        extra_minutes=30,
    )

    assert deadline_reason(attempt=attempt).startswith("做到")


def test_no_warning_while_there_is_time_enough(member, quiz):
    quiz.closes_at = NOW + 60 * MINUTE

    assert limit_warning(quiz=quiz, rules=rules_for(member=member, quiz=quiz), now=NOW) == ""


def test_attempt_without_limits_has_no_deadline(member, academy):
    attempt = start(member, make_quiz(academy))

    assert (attempt.deadline, attempt.accepts_until, deadline_reason(attempt=attempt)) == (
        None,
        None,
        "",
    )


def test_answers_are_accepted_through_the_grace(member, quiz):
    quiz.grace = 30

    assert start(member, quiz).accepts_until == NOW + 10 * MINUTE + 30 * SECOND


def test_start_keeps_mode_and_pass_mark(member, academy):
    attempt = start(member, make_quiz(academy, mode="practice", pass_mark=80))

    assert (attempt.mode, attempt.pass_mark) == ("practice", 80)


def test_voided_attempt_does_not_use_up_a_chance(member, quiz, tree):
    attempt = take(member, quiz, 4)
    assert find_obstacle(member=member, quiz=quiz, now=NOW) == "1 次机会已经用完。"
    void_attempt(attempt_id=attempt.pk, by=make_staff(tree.city), reason="断网", now=NOW)

    assert start(member, quiz).number == 2


def test_wait_between_attempts_is_kept(member, academy):
    quiz = make_quiz(academy, wait=30)
    take(member, quiz, 1)

    assert "以后可以再答" in find_obstacle(member=member, quiz=quiz, now=NOW + 29 * MINUTE)
    assert find_obstacle(member=member, quiz=quiz, now=NOW + 30 * MINUTE) is None


def test_practice_knows_neither_limits_nor_waits(member, academy):
    quiz = make_quiz(
        academy, mode="practice", attempts_allowed=1, wait=30, time_limit=5, password="花城"
    )
    take(member, quiz, 1)

    attempt = start(member, quiz)
    assert (attempt.number, attempt.deadline, needs_password(quiz)) == (2, None, False)


def test_password_is_asked_for(member, academy):
    quiz = make_quiz(academy, password="花城2026")

    with pytest.raises(AttemptRefused, match="口令不对"):
        start(member, quiz, password="花城")


def test_password_may_be_full_width_and_spaced(member, academy):
    quiz = make_quiz(academy, password="花城2026")

    assert start(member, quiz, password=" 花城 ２０２６").is_open


def test_password_cannot_be_guessed_for_ever(member, academy):
    cache.clear()
    quiz = make_quiz(academy, password="花城2026")
    for _try in range(10):
        with pytest.raises(AttemptRefused, match="口令不对"):
            start(member, quiz, password="花城")

    with pytest.raises(AttemptRefused, match="口令试得太多了，请 10 分钟后再试"):
        start(member, quiz, password="花城2026")


def test_going_on_needs_no_password(member, academy):
    cache.clear()
    quiz = make_quiz(academy, password="花城2026")
    attempt = start(member, quiz, password="花城2026")

    assert start(member, quiz) == attempt


def test_prerequisite_must_be_finished(member, academy):
    quiz, lesson = make_quiz(academy), make_lesson(academy, title="反家庭暴力法")
    QuizPrerequisite.objects.create(quiz=quiz, page=lesson)

    assert find_obstacle(member=member, quiz=quiz, now=NOW) == "请先学完《反家庭暴力法》。"
    complete_page(member=member, page_id=lesson.pk, now=NOW)
    assert find_obstacle(member=member, quiz=quiz, now=NOW) is None


@pytest.mark.parametrize("has_passed", [True, False])
def test_prerequisite_may_ask_for_a_pass(member, academy, has_passed):
    quiz, first = make_quiz(academy), make_quiz(academy)
    QuizPrerequisite.objects.create(quiz=quiz, page=first, must_pass=True)
    record_score(member=member, page_id=first.pk, score_bp=5, has_passed=has_passed, now=NOW)

    assert (find_obstacle(member=member, quiz=quiz, now=NOW) is None) is has_passed


def test_prerequisite_that_is_not_published_holds_up_nobody(member, academy):
    quiz, lesson = make_quiz(academy), make_lesson(academy, live=False)
    QuizPrerequisite.objects.create(quiz=quiz, page=lesson)

    assert find_obstacle(member=member, quiz=quiz, now=NOW) is None


def test_daily_ends_at_local_midnight(member, academy):
    attempt = start(member, make_quiz(academy, mode="daily"), now=NOON)

    assert attempt.deadline == NOON + timedelta(hours=12)
    assert deadline_reason(attempt=attempt) == "今天的题做到今晚 24 点"


def test_daily_is_once_a_day(member, academy):
    quiz = make_quiz(academy, mode="daily")
    take(member, quiz, 2, now=NOON)

    with pytest.raises(AttemptRefused, match="今天的题已经答过了"):
        start(member, quiz, now=NOON + timedelta(hours=11))
    assert start(member, quiz, now=NOON + timedelta(hours=13)).number == 2


def test_daily_left_open_is_closed_the_next_day(member, academy):
    quiz = make_quiz(academy, mode="daily")
    first = start(member, quiz, now=NOON)

    second = start(member, quiz, now=NOON + timedelta(days=1))

    first.refresh_from_db()
    assert (first.submitted_at, second.day) == (first.deadline, first.day + timedelta(days=1))


def test_daily_may_be_answered_again_after_it_was_voided(member, academy, tree):
    quiz = make_quiz(academy, mode="daily")
    attempt = take(member, quiz, 2, now=NOON)
    void_attempt(attempt_id=attempt.pk, by=make_staff(tree.city), reason="断网", now=NOON)

    assert start(member, quiz, now=NOON).number == 2


def test_deadline_is_the_earliest_of_all(member, academy):
    quiz = make_quiz(academy, mode="daily", closes_at=NOON + MINUTE)
    rules = rules_for(member=member, quiz=quiz)

    assert deadline_for(quiz=quiz, rules=rules, now=NOON) == NOON + MINUTE


def test_look_at_an_attempt_whose_time_is_over_closes_it(member, quiz):
    attempt = start(member, quiz)

    seen = close_if_expired(attempt=attempt, now=NOW + 11 * MINUTE)

    assert (seen.is_submitted, seen.submitted_at) == (True, NOW + 10 * MINUTE)


def test_hand_in_within_the_grace_is_the_members_own(member, quiz):
    attempt = submit(start(member, quiz), now=NOW + 10 * MINUTE + 2 * SECOND)

    assert (attempt.submitted_at, attempt.is_auto_submitted) == (NOW + 10 * MINUTE, False)


@pytest.mark.parametrize("is_extended", [False, True])
def test_closing_that_is_set_later_ends_what_is_open(member, academy, is_extended):
    quiz = make_quiz(academy)
    attempt = start(member, quiz)
    quiz.closes_at = NOW + MINUTE
    quiz.save()
    if is_extended:
        override(quiz, member=member, closes_at=NOW + 60 * MINUTE)

    for minutes in (2, 3):
        close_expired_attempts(now=NOW + minutes * MINUTE)

    attempt.refresh_from_db()
    assert attempt.submitted_at == (None if is_extended else NOW + 2 * MINUTE)


def test_start_refused_takes_few_queries(member, quiz, django_assert_num_queries):
    with django_assert_num_queries(1):
        find_obstacle(member=member, quiz=quiz, now=NOW)
