"""What a member may see of an attempt, phase by phase."""

import pytest

from quizzes.domain.attempts import review_obstacle, review_parts, void_attempt
from quizzes.domain.attempts.reviewing import quizzes_over
from quizzes.models import Attempt, QuizOverride, QuizPage, ReviewPart
from quizzes.queries import quiz_cards
from tests.factories import make_committee_member, make_staff
from tests.quizzes.attempt_steps import MINUTE, NOW, SECOND, make_quiz, start, submit, take

ALL = frozenset(ReviewPart)
CLOSING = NOW + 60 * MINUTE
PHASES = {
    "review_during": ["correctness"],
    "review_right_after": ["marks"],
    "review_later": ["marks", "correctness"],
    "review_after_close": list(ReviewPart.values),
}


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def quiz(academy):
    return make_quiz(academy, closes_at=CLOSING, time_limit=30, **PHASES)


def parts(attempt, now):
    return review_parts(attempt=attempt, now=now)


def why(attempt, now):
    return review_obstacle(attempt=attempt, now=now)


def test_open_exam_shows_nothing(member, quiz):
    attempt = start(member, quiz)

    assert (parts(attempt, NOW), why(attempt, NOW)) == (frozenset(), "交卷后才能看答案。")


def test_open_practice_shows_parts_of_checked_answers(member, academy):
    attempt = start(member, make_quiz(academy, mode="practice", **PHASES))

    assert parts(attempt, NOW) == {ReviewPart.CORRECTNESS}


@pytest.mark.parametrize(
    ("later", "seen"),
    [
        (119 * SECOND, {"marks"}),
        (120 * SECOND, {"marks", "correctness"}),
        (60 * MINUTE - SECOND, {"marks", "correctness"}),
        (60 * MINUTE, set(ReviewPart.values)),
    ],
)
def test_phases_follow_each_other(member, quiz, later, seen):
    assert parts(take(member, quiz, 1), NOW + later) == seen


def test_hand_in_at_the_closing_has_its_own_two_minutes(member, quiz):
    attempt = submit(start(member, quiz, now=CLOSING - MINUTE), now=CLOSING - SECOND)

    assert parts(attempt, CLOSING + MINUTE) == {ReviewPart.MARKS}


def test_quiz_without_a_closing_never_comes_to_the_last_phase(member, academy):
    attempt = take(member, make_quiz(academy, **PHASES), 1)

    assert parts(attempt, NOW + 9999 * MINUTE) == {ReviewPart.MARKS, ReviewPart.CORRECTNESS}


def test_closing_moved_forward_waits_for_those_who_still_write(member, quiz, tree):
    attempt = take(member, quiz, 1)
    other = start(make_committee_member(tree.village, "黄桂芳"), quiz, now=NOW + 10 * MINUTE)
    quiz.closes_at = NOW + 15 * MINUTE
    quiz.save()
    attempt.refresh_from_db()

    assert ReviewPart.ANSWERS not in parts(attempt, NOW + 20 * MINUTE)
    assert "还有人在答题" in why(attempt, NOW + 20 * MINUTE)
    submit(other, now=NOW + 21 * MINUTE)
    assert parts(attempt, NOW + 22 * MINUTE) == ALL


def test_later_closing_of_somebody_else_is_waited_for(member, quiz, tree):
    QuizOverride.objects.create(
        quiz=quiz, federation=tree.other_city, closes_at=CLOSING + 60 * MINUTE, reason="台风"
    )
    attempt = take(member, quiz, 1)

    assert ReviewPart.ANSWERS not in parts(attempt, CLOSING + 59 * MINUTE)
    assert parts(attempt, CLOSING + 60 * MINUTE) == ALL


def test_void_attempt_shows_nothing(member, quiz, tree):
    attempt = take(member, quiz, 1)
    attempt = void_attempt(attempt_id=attempt.pk, by=make_staff(tree.city), reason="代答", now=NOW)

    assert (parts(attempt, NOW), why(attempt, NOW)) == (frozenset(), "这份答卷已经作废。")


def test_said_when_more_can_be_seen_soon(member, quiz):
    assert "过两分钟" in why(take(member, quiz, 1), NOW)


def test_said_when_the_rest_comes_after_the_closing(member, quiz):
    said = why(take(member, quiz, 1), NOW + 5 * MINUTE)

    assert said.endswith("截止后可以看正确答案、讲解。")


def test_said_when_nothing_will_ever_be_shown(member, academy):
    quiz = make_quiz(academy, review_right_after=[], review_later=[])

    assert why(take(member, quiz, 1), NOW) == "这份测验不公布答案。"


def test_nothing_is_said_when_all_is_shown(member, academy):
    assert why(take(member, make_quiz(academy), 1), NOW) is None


def test_review_takes_no_query_while_the_quiz_is_open(member, quiz, django_assert_num_queries):
    attempt = take(member, quiz, 1)

    with django_assert_num_queries(0):
        parts(attempt, NOW)


def test_over_is_asked_once_for_many_quizzes(member, academy, tree, django_assert_num_queries):
    ended, still_open, written, extended = (
        make_quiz(academy, closes_at=CLOSING + extra)
        for extra in (0 * MINUTE, MINUTE, *[0 * MINUTE] * 2)
    )
    start(member, written, now=CLOSING - MINUTE)
    Attempt.objects.update(accepts_until=CLOSING + MINUTE)
    QuizOverride.objects.create(
        quiz=extended, member=member, closes_at=CLOSING + MINUTE, reason="生病"
    )

    with django_assert_num_queries(1):
        assert quizzes_over([ended, still_open, written, extended], CLOSING) == {ended.pk}


def test_list_hides_a_score_that_the_result_still_hides(member, quiz, tree):
    rules = {"review_right_after": [], "review_later": [], "review_after_close": ["marks"]}
    QuizPage.objects.filter(pk=quiz.pk).update(**rules)
    take(member, quiz, 4)
    writing = start(make_committee_member(tree.village, "黄桂芳"), quiz, now=NOW + MINUTE)
    Attempt.objects.filter(pk=writing.pk).update(accepts_until=CLOSING + MINUTE)
    quiz.refresh_from_db()

    during, after = (
        quiz_cards(member, [quiz], CLOSING + wait)[0].best_text for wait in (0 * MINUTE, MINUTE)
    )
    assert (during, after) == ("", "成绩 100 分")
