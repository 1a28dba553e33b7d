"""When a card comes back, and when it is done with."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import make_aware

from learning.models import Growth, Stage
from quizzes.domain.mistakes import CardNotFound, judge, make_cards, record_review
from quizzes.models import ReviewCard
from tests.factories import make_committee_member
from tests.quizzes.bank import make_bank, make_question
from tests.quizzes.misses import DAY, NOW, RIGHT, hand_in, make_quiz, miss_all


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def card(member, academy):
    hand_in(member, make_quiz(academy, 1), {})
    make_cards(now=NOW)
    return ReviewCard.objects.get()


def review(card, is_right: bool, now) -> ReviewCard:
    card.refresh_from_db()
    return record_review(
        card_id=card.pk,
        member=card.member,
        is_right=is_right,
        last_reviewed_at=card.reviewed_at,
        now=now,
    )


def morning(day: int) -> datetime:
    """The beginning of a local day of November 2026."""
    return make_aware(datetime(2026, 11, day))


def test_right_answers_come_back_ever_later_from_the_morning_of_the_day(card):
    dues = [NOW]
    for _ in range(3):
        dues.append(review(card, True, dues[-1]).due_at)

    assert dues[1:] == [morning(21), morning(23), morning(29)]


def test_miss_comes_back_in_ten_minutes(card):
    review(card, True, NOW)

    assert review(card, False, NOW + DAY).due_at == NOW + DAY + timedelta(minutes=10)


def test_three_separate_days_retire_a_card(card):
    states = [review(card, True, NOW + day * DAY).retired_at for day in range(3)]

    assert states == [None, None, NOW + 2 * DAY]


def test_one_day_counts_once(card):
    for hour in range(4):
        review(card, True, NOW + timedelta(hours=hour))
    card.refresh_from_db()

    assert (card.right_days, card.retired_at) == (1, None)


def test_days_are_local(card):
    review(card, True, make_aware(datetime(2026, 11, 20, 23, 59)))

    assert review(card, True, make_aware(datetime(2026, 11, 21, 0, 1))).right_days == 2


def test_miss_begins_the_days_again(card):
    for day in range(2):
        review(card, True, NOW + day * DAY)
    missed = review(card, False, NOW + 2 * DAY)
    again = review(card, True, NOW + 2 * DAY + timedelta(hours=1))

    assert (missed.right_days, missed.miss_count, again.right_days) == (0, 2, 1)


def test_same_answer_sent_twice_counts_once(card):
    for second in range(2):
        record_review(
            card_id=card.pk,
            member=card.member,
            is_right=False,
            last_reviewed_at=None,
            now=NOW + timedelta(seconds=second),
        )
    card.refresh_from_db()

    assert (card.miss_count, card.reviewed_at) == (2, NOW)


def test_same_answers_give_the_same_dates(card, tree, academy):
    friend = make_committee_member(tree.village, "黄桂芳")
    hand_in(friend, make_quiz(academy, 1), {})
    make_cards(now=NOW)
    other = ReviewCard.objects.get(member=friend)
    for each in (card, other):
        review(each, True, NOW)
        review(each, True, NOW + 20 * DAY)

    card.refresh_from_db()
    other.refresh_from_db()
    assert card.due_at == other.due_at


def test_memory_holds_nothing_personal(card):
    assert set(card.memory) == {
        "card_id",
        "state",
        "step",
        "stability",
        "difficulty",
        "due",
        "last_review",
    }
    assert card.memory["card_id"] == card.question_id


def test_card_of_another_member_is_not_found(card, tree):
    with pytest.raises(CardNotFound):
        record_review(
            card_id=card.pk,
            member=make_committee_member(tree.village, "黄桂芳"),
            is_right=True,
            last_reviewed_at=None,
            now=NOW,
        )


@pytest.mark.parametrize(("values", "verdict"), [(RIGHT, "right"), (["a"], "wrong"), ([], "wrong")])
def test_choice_is_judged_by_its_key(db, values, verdict):
    assert judge(make_question(make_bank()).current, values).verdict == verdict


def test_partly_right_is_not_right(db):
    question = make_question(make_bank(), "blank", "____和____", (), ("甲", "乙"))

    assert judge(question.current, ["甲", "丙"]).verdict == "wrong"


def test_mastered_question_lets_the_kapok_grow(card):
    for day in range(3):
        assert not Growth.objects.exists()
        review(card, True, NOW + day * DAY)

    grown = Growth.objects.get(member=card.member)
    assert (grown.mastered, grown.stage) == (1, Stage.SPROUT)


def test_card_that_a_correction_put_away_was_not_mastered(card, academy):
    ReviewCard.objects.filter(pk=card.pk).update(retired_at=NOW)
    other = miss_all(card.member, academy, now=NOW)[-1]
    for day in range(3):
        review(other, True, NOW + day * DAY)

    assert Growth.objects.get(member=card.member).mastered == 1
