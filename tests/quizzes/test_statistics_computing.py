"""Statistics from real attempts: which ones count, and what is kept."""

import pytest
from django.utils import timezone

from quizzes.domain.attempts import start_attempt, void_attempt
from quizzes.domain.statistics import (
    AttemptChoice,
    choose_attempts,
    compute_statistics,
    refresh_facility,
)
from quizzes.models import Attempt, Correction, KeptScore, QuestionVersion, QuizStatistics
from tests.factories import make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import add_draw, fix_questions, make_bank, make_question
from tests.quizzes.sitting import ignore, sit

pytestmark = pytest.mark.django_db

RIGHT, WRONG = ["b"], ["a"]


@pytest.fixture
def questions(db):
    bank = make_bank()
    return [make_question(bank) for _ in range(2)]


@pytest.fixture
def quiz(academy, questions):
    quiz = make_quiz_page(academy, shuffles=False)
    fix_questions(quiz, questions)
    return quiz


def compute(quiz, choice=AttemptChoice.FIRST) -> QuizStatistics:
    return compute_statistics(quiz=quiz, now=timezone.now(), report=ignore, choice=choice)


def test_figures_are_those_of_the_attempts(quiz, questions):
    for answers in ((RIGHT, RIGHT), (RIGHT, RIGHT), (RIGHT, WRONG), (WRONG, None)):
        sit(make_member(), quiz, answers)

    kept = compute(quiz)

    assert (kept.attempt_count, kept.figures["choice"]) == (4, "first")
    assert kept.figures["quiz"]["mean"] == 62.5
    assert kept.figures["quiz"]["consistency"] == 72.7273
    item = kept.figures["items"][0]
    assert (item["question"], item["facility"], item["guess"]) == (questions[0].pk, 75, 25)
    assert item["discrimination"] == 57.735


def correct(question, **what) -> None:
    Correction.objects.create(
        version=question.current, reason="答案有误", applied_at=timezone.now(), **what
    )


def keys_of(kept: QuizStatistics) -> dict[str, bool | None]:
    answers = kept.figures["items"][0]["wordings"][0]["answers"]
    return {each["name"]: each["is_right"] for each in answers}


def test_corrected_key_is_the_one_that_is_shown(quiz, questions):
    sit(make_member(), quiz, (RIGHT, RIGHT))
    correct(questions[0], data=questions[0].current.data | {"right": ["c"]})

    assert keys_of(compute(quiz)) == {"a": False, "b": False, "c": True, "d": False}


def test_struck_question_has_no_key(quiz, questions):
    sit(make_member(), quiz, (RIGHT, RIGHT))
    correct(questions[0], is_void=True)

    assert set(keys_of(compute(quiz)).values()) == {None}


def test_answers_are_counted_by_option(quiz, questions):
    for answers in ((RIGHT, RIGHT), (WRONG, None), (["c"], RIGHT)):
        sit(make_member(), quiz, answers)

    first, second = (item["wordings"][0] for item in compute(quiz).figures["items"])

    assert [(each["label"], each["count"], each["is_right"]) for each in first["answers"]] == [
        ("A. 甲", 1, False),
        ("B. 乙", 1, True),
        ("C. 丙", 1, False),
        ("D. 丁", 0, False),
    ]
    assert (second["asked"], second["unanswered"]) == (3, 1)


def test_computing_again_replaces(quiz):
    sit(make_member(), quiz, (RIGHT, RIGHT))
    compute(quiz)
    sit(make_member(), quiz, (WRONG, WRONG))

    compute(quiz)

    assert [each.attempt_count for each in QuizStatistics.objects.all()] == [2]


def test_quiz_without_attempts_has_empty_figures(quiz):
    figures = compute(quiz).figures

    assert (figures["quiz"]["attempts"], figures["quiz"]["mean"], figures["items"]) == (0, None, [])


def test_open_and_voided_attempts_are_left_out(quiz):
    start_attempt(member=make_member(), quiz=quiz, now=timezone.now())
    voided = sit(make_member(), quiz, (RIGHT, RIGHT))
    void_attempt(attempt_id=voided.pk, by=make_member(), reason="代答", now=timezone.now())

    assert compute(quiz, AttemptChoice.ALL).attempt_count == 0


def test_attempt_that_waits_for_marks_is_left_out(quiz):
    attempt = sit(make_member(), quiz, (RIGHT, RIGHT))
    Attempt.objects.filter(pk=attempt.pk).update(needs_marking=True, score_bp=None)

    assert compute(quiz, AttemptChoice.ALL).attempt_count == 0


def numbers(quiz, choice) -> list[int]:
    chosen = choose_attempts(quiz=quiz, choice=choice)
    return sorted(chosen.values_list("number", flat=True))


@pytest.fixture
def three_tries(quiz):
    """Half, full, full: one member's attempts."""
    member = make_member()
    for answers in ((RIGHT, WRONG), (RIGHT, RIGHT), (RIGHT, RIGHT)):
        sit(member, quiz, answers)
    return quiz


@pytest.mark.parametrize(
    ("choice", "kept", "expected"),
    [
        (AttemptChoice.FIRST, KeptScore.HIGHEST, [1]),
        (AttemptChoice.ALL, KeptScore.HIGHEST, [1, 2, 3]),
        (AttemptChoice.KEPT, KeptScore.HIGHEST, [2]),
        (AttemptChoice.KEPT, KeptScore.LATEST, [3]),
        (AttemptChoice.KEPT, KeptScore.FIRST, [1]),
        (AttemptChoice.KEPT, KeptScore.AVERAGE, [1, 2, 3]),
    ],
)
def test_choice_of_attempts(three_tries, choice, kept, expected):
    three_tries.kept_score = kept

    assert numbers(three_tries, choice) == expected


def test_drawn_questions_are_counted_where_they_were_held(academy):
    bank = make_bank()
    for _ in range(6):
        make_question(bank)
    quiz = make_quiz_page(academy, shuffles=False)
    add_draw(quiz, bank, 2)
    for _ in range(8):
        sit(make_member(), quiz, (RIGHT, WRONG))

    items = compute(quiz).figures["items"]

    assert sum(item["asked"] for item in items) == 16
    assert {item["effective_weight"] for item in items} == {None}


def test_new_version_is_a_wording_of_the_same_question(quiz, questions):
    sit(make_member(), quiz, (RIGHT, RIGHT))
    old = questions[0].current
    questions[0].current = QuestionVersion.objects.create(
        question=questions[0], number=2, type=old.type, stem="改过的题干？", data=old.data
    )
    questions[0].save()
    sit(make_member(), quiz, (RIGHT, RIGHT))

    item = compute(quiz).figures["items"][0]

    assert item["asked"] == 2
    assert [each["version"] for each in item["wordings"]] == [questions[0].current_id, old.pk]


def test_facility_is_refreshed_from_all_attempts(quiz, questions):
    member = make_member()
    for answers in ((RIGHT, WRONG), (RIGHT, RIGHT), (RIGHT, WRONG)):
        sit(member, quiz, answers)

    changed = refresh_facility()

    for question in questions:
        question.refresh_from_db()
    assert changed == 2
    assert [(each.asked_count, each.facility) for each in questions] == [(3, 100), (3, 33)]


def test_facility_is_recomputed_and_not_added_up(quiz, questions):
    attempt = sit(make_member(), quiz, (RIGHT, RIGHT))
    refresh_facility()
    assert refresh_facility() == 0
    void_attempt(attempt_id=attempt.pk, by=make_member(), reason="代答", now=timezone.now())

    refresh_facility()

    questions[0].refresh_from_db()
    assert (questions[0].asked_count, questions[0].facility) == (0, None)
