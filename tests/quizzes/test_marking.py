"""People's marks: who may give one, and what several come to."""

from fractions import Fraction

import pytest
from django.utils import timezone

from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.marking import MarkRefused, give_mark
from quizzes.grading.marks import GivenMark, Turn, find_turn, settle_share
from quizzes.models import Attempt, AttemptState, ManualMark
from tests.factories import make_committee_member, make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

A, B, C = 1, 2, 3


def marks(*percents, final=None) -> list[GivenMark]:
    given = [GivenMark(marker, percent) for marker, percent in enumerate(percents, start=1)]
    return given if final is None else [*given, GivenMark(9, final, is_final=True)]


@pytest.mark.parametrize(
    ("given", "needs_two", "share"),
    [
        (marks(), False, None),
        (marks(70), False, Fraction(7, 10)),
        (marks(70), True, None),
        (marks(70, 80), True, Fraction(3, 4)),
        (marks(70, 81), True, None),
        (marks(20, 81, final=50), True, Fraction(1, 2)),
    ],
)
def test_share_that_counts(given, needs_two, share):
    assert settle_share(given, needs_two=needs_two) == share


@pytest.mark.parametrize(
    ("given", "marker", "needs_two", "turn"),
    [
        (marks(), A, False, Turn.MARK),
        (marks(70), A, False, Turn.REVISE),
        (marks(70), B, False, Turn.DONE),
        (marks(70), B, True, Turn.MARK),
        (marks(70, 80), A, True, Turn.REVISE),
        (marks(70, 80), C, True, Turn.DONE),
        (marks(20, 80), C, True, Turn.SETTLE),
        (marks(20, 80), A, True, Turn.REVISE),
        (marks(20, 80, final=50), A, True, Turn.DONE),
    ],
)
def test_turn_of_a_marker(given, marker, needs_two, turn):
    assert find_turn(given, marker=marker, needs_two=needs_two) is turn


@pytest.fixture
def make_attempt(tree, academy):
    return lambda **fields: hand_in(tree, academy, **fields)


def hand_in(tree, academy, *, count=1, texts=("先确认安全。",), **fields) -> Attempt:
    """A handed-in attempt with `count` short answers; an empty text is not answered."""
    quiz = make_quiz_page(academy, **fields)
    bank = make_bank()
    fix_questions(quiz, [make_short(bank) for _each in range(count)])
    member, now = make_committee_member(tree.village), timezone.now()
    attempt = start_attempt(member=member, quiz=quiz, now=now)
    answers = {f"q{place}": {"s": 1, "r": [text]} for place, text in enumerate(texts) if text}
    Attempt.objects.filter(pk=attempt.pk).update(answers=answers)
    return submit_attempt(attempt_id=attempt.pk, member=member, now=now)


def make_short(bank):
    return make_question(bank, type="short", options=(), answers=("先确认人身安全。",))


def give(attempt, marker, percent, *, place=0, **fields) -> Attempt:
    now = timezone.now()
    give_mark(attempt_id=attempt.pk, place=place, marker=marker, percent=percent, now=now, **fields)
    attempt.refresh_from_db()
    return attempt


@pytest.fixture
def marker(db):
    return make_member("阅卷人")


@pytest.fixture
def second(db):
    return make_member("第二位")


@pytest.fixture
def third(db):
    return make_member("第三位")


def test_short_answer_waits_for_a_person(make_attempt):
    attempt = make_attempt()

    assert (attempt.needs_marking, attempt.score_bp) == (True, None)


def test_mark_gives_the_score(make_attempt, marker):
    attempt = give(make_attempt(), marker, 80)

    assert (attempt.needs_marking, attempt.score_bp, attempt.has_passed) == (False, 8000, True)


def test_score_waits_for_every_answer(make_attempt, marker):
    attempt = give(make_attempt(count=2, texts=("一", "二")), marker, 80)
    assert attempt.score_bp is None

    assert give(attempt, marker, 40, place=1).score_bp == 6000


def test_marker_may_think_again_while_another_answer_waits(make_attempt, marker):
    attempt = give(make_attempt(count=2, texts=("一", "二")), marker, 80)
    give(attempt, marker, 20)

    assert [mark.percent for mark in ManualMark.objects.all()] == [20]


def test_rubric_and_comment_are_kept(make_attempt, marker):
    give(make_attempt(), marker, 50, rubric=[2, 3], comment="少了一点")

    mark = ManualMark.objects.get()
    assert (mark.rubric, mark.comment, mark.is_final) == ([2, 3], "少了一点", False)


def test_second_person_does_not_mark_a_single_marked_answer(make_attempt, marker, second):
    attempt = give(make_attempt(count=2, texts=("一", "二")), marker, 80)

    with pytest.raises(MarkRefused, match="别的阅卷人刚刚评完了这一份"):
        give(attempt, second, 10)


def test_marked_attempt_is_closed(make_attempt, marker, second):
    attempt = give(make_attempt(), marker, 80)

    with pytest.raises(MarkRefused, match="已经不用阅卷了"):
        give(attempt, second, 10)


def test_own_attempt_is_left_to_others(make_attempt):
    attempt = make_attempt()

    with pytest.raises(MarkRefused, match="自己的答卷"):
        give(attempt, attempt.member, 100)


def test_unanswered_question_needs_nobody(make_attempt, marker):
    attempt = make_attempt(count=2, texts=("一", ""))

    with pytest.raises(MarkRefused, match="不用人工评分"):
        give(attempt, marker, 100, place=1)


def test_void_attempt_is_not_marked(make_attempt, marker):
    attempt = make_attempt()
    Attempt.objects.update(state=AttemptState.VOIDED)

    with pytest.raises(MarkRefused, match="已经不用阅卷了"):
        give(attempt, marker, 100)


def test_two_marks_close_together_are_averaged(make_attempt, marker, second):
    attempt = give(make_attempt(second_marking=True), marker, 80)
    assert attempt.needs_marking

    assert give(attempt, second, 70).score_bp == 7500


def test_one_person_is_not_both_markers(make_attempt, marker):
    attempt = give(make_attempt(second_marking=True), marker, 80)

    assert give(attempt, marker, 80).needs_marking


def test_marks_far_apart_wait_for_a_third_person(make_attempt, marker, second, third):
    attempt = give(make_attempt(second_marking=True), marker, 80)
    attempt = give(attempt, second, 30)
    assert attempt.needs_marking

    assert give(attempt, third, 60).score_bp == 6000
    assert ManualMark.objects.get(marker=third).is_final
