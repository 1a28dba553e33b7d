"""Which answers become cards, and when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.domain.attempts import (
    check_answer,
    reopen_attempt,
    start_attempt,
    submit_attempt,
    void_attempt,
)
from quizzes.domain.mistakes import make_cards, record_review
from quizzes.models import Attempt, AttemptState, QuizOverride, ReviewCard
from tests.factories import make_committee_member, make_member
from tests.quizzes.misses import DAY, NOW, RIGHT, WRONG, hand_in, make_quiz

EVERYTHING = ["marks", "correctness", "answers", "explanations"]


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def quiz(academy):
    return make_quiz(academy)


def missed_places(quiz) -> list[int]:
    """Places of the quiz, from 0, that have a card."""
    questions = list(quiz.fixed_questions.values_list("question_id", flat=True))
    cards = ReviewCard.objects.values_list("question_id", flat=True)
    return sorted(questions.index(pk) for pk in cards)


def test_wrong_and_unanswered_become_cards_and_right_does_not(member, quiz):
    hand_in(member, quiz, {0: RIGHT, 1: WRONG})
    make_cards(now=NOW)

    assert missed_places(quiz) == [1, 2]


def test_partly_right_becomes_a_card(member, quiz):
    attempt = hand_in(member, quiz, {0: RIGHT, 1: RIGHT, 2: RIGHT})
    attempt.marks[1] = ["1/2", "partial"]
    attempt.save(update_fields=["marks"])
    make_cards(now=NOW)

    assert missed_places(quiz) == [1]


def test_fresh_card_is_due_at_once(member, quiz):
    hand_in(member, quiz, {0: WRONG, 1: RIGHT, 2: RIGHT})
    make_cards(now=NOW)
    card = ReviewCard.objects.get()

    assert (card.due_at, card.missed_at, card.miss_count) == (NOW, NOW, 1)


def test_second_run_changes_nothing(member, quiz):
    hand_in(member, quiz, {0: WRONG})
    first = make_cards(now=NOW)
    before = list(ReviewCard.objects.order_by("pk").values())
    second = make_cards(now=NOW)

    assert (first, second) == (1, 0)
    assert list(ReviewCard.objects.order_by("pk").values()) == before


def test_open_voided_and_unmarked_attempts_leave_no_cards(member, academy):
    hand_in(member, make_quiz(academy), {})
    hand_in(member, make_quiz(academy), {})
    voided, unmarked = Attempt.objects.order_by("pk")
    Attempt.objects.filter(pk=voided.pk).update(state=AttemptState.VOIDED)
    Attempt.objects.filter(pk=unmarked.pk).update(needs_marking=True)

    assert (make_cards(now=NOW), ReviewCard.objects.count()) == (0, 0)


def test_new_miss_begins_again(member, quiz):
    hand_in(member, quiz, {0: WRONG, 1: RIGHT, 2: RIGHT})
    make_cards(now=NOW)
    review_right(member, NOW + timedelta(hours=1))
    hand_in(member, quiz, {0: WRONG, 1: RIGHT, 2: RIGHT}, NOW + DAY)
    make_cards(now=NOW + DAY)
    card = ReviewCard.objects.get()

    assert (card.miss_count, card.right_days, card.missed_at) == (2, 0, NOW + DAY)
    assert card.due_at == NOW + DAY


def test_new_miss_brings_a_mastered_card_back(member, quiz):
    hand_in(member, quiz, {0: WRONG, 1: RIGHT, 2: RIGHT})
    make_cards(now=NOW)
    for day in range(3):
        review_right(member, NOW + day * DAY)
    assert ReviewCard.objects.get().retired_at is not None
    hand_in(member, quiz, {0: WRONG, 1: RIGHT, 2: RIGHT}, NOW + 3 * DAY)
    make_cards(now=NOW + 3 * DAY)

    assert ReviewCard.objects.get().retired_at is None


def test_miss_that_is_known_late_does_not_undo_what_she_did_since(member, quiz):
    hand_in(member, quiz, {0: WRONG, 1: RIGHT, 2: RIGHT})
    late = hand_in(member, quiz, {0: WRONG, 1: RIGHT, 2: RIGHT}, NOW + timedelta(minutes=1))
    Attempt.objects.filter(pk=late.pk).update(needs_marking=True)
    make_cards(now=NOW)
    review_right(member, NOW + DAY)
    Attempt.objects.filter(pk=late.pk).update(needs_marking=False)
    make_cards(now=NOW + 2 * DAY)
    card = ReviewCard.objects.get()

    assert (card.miss_count, card.right_days) == (2, 1)


def review_right(member, now) -> None:
    card = ReviewCard.objects.get()
    record_review(
        card_id=card.pk,
        member=member,
        is_right=True,
        last_reviewed_at=card.reviewed_at,
        now=now,
    )


def test_only_one_member_s_when_asked(member, tree, quiz):
    hand_in(member, quiz, {})
    hand_in(make_committee_member(tree.village, "黄桂芳"), quiz, {})
    make_cards(now=NOW, member_id=member.pk)

    assert set(ReviewCard.objects.values_list("member_id", flat=True)) == {member.pk}


def test_what_a_challenge_never_asked_is_no_miss(member, academy):
    quiz = make_quiz(academy, mode="challenge")
    attempt = start_attempt(member=member, quiz=quiz, now=NOW)
    check_answer(attempt_id=attempt.pk, member=member, index=0, values=WRONG, sequence=1, now=NOW)
    make_cards(now=NOW)

    assert missed_places(quiz) == [0]


def test_exam_that_hides_its_answers_makes_cards_when_it_shows_them(member, academy):
    quiz = make_quiz(academy, closes_at=NOW + DAY, review_right_after=[], review_later=["marks"])
    hand_in(member, quiz, {0: WRONG})
    before, after = make_cards(now=NOW + DAY / 2), make_cards(now=NOW + DAY)

    assert (before, after) == (0, 1)


def test_answers_wait_until_the_last_override_has_closed(member, academy):
    quiz = make_quiz(academy, closes_at=NOW + DAY, review_right_after=[], review_later=["marks"])
    hand_in(member, quiz, {0: WRONG})
    QuizOverride.objects.create(quiz=quiz, member=member, closes_at=NOW + 2 * DAY, reason="生病")
    before, after = make_cards(now=NOW + DAY), make_cards(now=NOW + 2 * DAY)

    assert (before, after) == (0, 1)


def test_answers_hidden_right_after_the_hand_in_wait_two_minutes(member, academy):
    quiz = make_quiz(academy, review_right_after=["marks"], review_later=EVERYTHING)
    hand_in(member, quiz, {0: WRONG})
    soon, later = NOW + timedelta(seconds=119), NOW + timedelta(seconds=120)

    assert (make_cards(now=soon), make_cards(now=later)) == (0, 1)


def test_many_attempts_are_taken_in_batches(monkeypatch, tree, quiz):
    monkeypatch.setattr("quizzes.domain.mistakes.collecting.BATCH", 2)
    for number in range(5):
        hand_in(make_committee_member(tree.village, f"执委{number}"), quiz, {})

    assert (make_cards(now=NOW), ReviewCard.objects.count()) == (5, 15)


def test_answers_wait_for_those_who_still_write(member, tree, academy):
    quiz = make_quiz(academy, review_right_after=[], review_later=["marks"])
    hand_in(member, quiz, {0: WRONG})
    other = start_attempt(member=make_committee_member(tree.village, "黄桂芳"), quiz=quiz, now=NOW)
    quiz.closes_at = NOW + DAY
    quiz.save()
    before = make_cards(now=NOW + DAY)
    submit_attempt(attempt_id=other.pk, member=other.member, now=NOW + DAY)

    assert (before, make_cards(now=NOW + 2 * DAY)) == (0, 2)


def test_attempts_of_a_quiz_that_never_shows_its_answers_are_not_read(member, academy):
    hidden = {"review_right_after": [], "review_later": ["marks"], "review_after_close": ["marks"]}
    hand_in(member, make_quiz(academy, closes_at=NOW + DAY, **hidden), {0: WRONG})
    with CaptureQueriesContext(connection) as asked:
        make_cards(now=NOW + 2 * DAY)

    assert not any("quizzes_attempt" in each["sql"] for each in asked.captured_queries)


def test_voiding_takes_back_a_card_that_came_from_it_alone(member, quiz):
    hand_in(member, quiz, {0: RIGHT, 1: WRONG, 2: WRONG})
    attempt = hand_in(member, quiz, {0: WRONG, 1: WRONG, 2: RIGHT})
    make_cards(now=NOW)
    void_attempt(attempt_id=attempt.pk, by=make_member(), reason="代答", now=NOW)

    assert missed_places(quiz) == [1, 2]
    assert list(ReviewCard.objects.values_list("miss_count", flat=True)) == [1, 1]


def test_miss_of_a_reopened_attempt_counts_once(member, quiz):
    attempt = hand_in(member, quiz, {0: WRONG, 1: RIGHT, 2: RIGHT})
    make_cards(now=NOW)
    reopen_attempt(attempt_id=attempt.pk, by=make_member(), reason="断网", now=NOW, extra_minutes=5)
    submit_attempt(attempt_id=attempt.pk, member=member, now=NOW + timedelta(minutes=1))
    make_cards(now=NOW + DAY)

    assert ReviewCard.objects.get().miss_count == 1
