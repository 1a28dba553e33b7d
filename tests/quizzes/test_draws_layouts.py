"""Layouts from the database: what fits a draw, in which order, and that a seed repeats it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from quizzes.domain.attempts import AttemptRefused
from quizzes.domain.attempts.pools import read_pools
from quizzes.models import QuizDraw
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.attempt_steps import MINUTE, NOW, make_quiz, start, submit
from tests.quizzes.bank import add_draw, fix_questions, make_bank, make_question


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def bank(db):
    return make_bank()


@pytest.fixture
def quiz(academy):
    return make_quiz_page(academy)


def versions(attempt) -> list[int]:
    return [place["v"] for place in attempt.layout]


def pool_of(quiz, bank, **rule) -> set[int]:
    QuizDraw.objects.create(quiz=quiz, bank=bank, count=1, **rule)
    return set(read_pools(quiz)[0].ids)


def test_draw_by_difficulty_takes_the_range(quiz, bank):
    questions = [make_question(bank) for _ in range(5)]
    for difficulty, question in enumerate(questions, start=1):
        question.difficulty = difficulty
        question.save()

    pool = pool_of(quiz, bank, min_difficulty=2, max_difficulty=3)

    assert pool == {questions[1].current_id, questions[2].current_id}


def test_draw_by_knowledge_point(quiz, bank):
    wanted, _other = make_question(bank), make_question(bank)
    wanted.knowledge_point = "家庭教育"
    wanted.save()

    assert pool_of(quiz, bank, knowledge_point="家庭教育") == {wanted.current_id}


def test_draw_by_tag_whatever_its_case(quiz, bank):
    wanted, other = make_question(bank), make_question(bank)
    wanted.tags.add("Abc", "权益")
    other.tags.add("权益")

    assert pool_of(quiz, bank, tag="aBC") == {wanted.current_id}


def test_draw_without_a_rule_takes_the_whole_bank(quiz, bank):
    questions = [make_question(bank) for _ in range(3)]
    questions[0].tags.add("权益", "家庭")
    make_question(make_bank())

    assert pool_of(quiz, bank) == {each.current_id for each in questions}


def test_draw_leaves_out_what_is_retired_or_not_approved(quiz, bank):
    retired, unapproved, usable = (make_question(bank) for _ in range(3))
    retired.is_retired = True
    retired.save()
    unapproved.current = None
    unapproved.save()

    assert pool_of(quiz, bank) == {usable.current_id}


def test_fixed_questions_come_first_and_keep_their_points(quiz, bank, member):
    fixed = [make_question(bank), make_question(bank)]
    make_question(bank)
    fix_questions(quiz, fixed)
    quiz.fixed_questions.filter(sort_order=1).update(points=5)
    QuizDraw.objects.create(quiz=quiz, bank=bank, count=1, points=2)

    layout = start(member, quiz).layout

    assert [place["v"] for place in layout[:2]] == [each.current_id for each in fixed]
    assert [place.get("p", 1) for place in layout] == [1, 5, 2]


def test_paper_ignores_draws(quiz, bank, member):
    quiz.mode = "paper"
    fix_questions(quiz, [make_question(bank)])
    add_draw(quiz, bank, 90)

    assert start(member, quiz).question_count == 1


def test_bank_that_has_become_too_small_refuses(quiz, bank, member):
    make_question(bank)
    add_draw(quiz, bank, 2)

    with pytest.raises(AttemptRefused, match="不够抽"):
        start(member, quiz)


def test_quiz_without_questions_refuses(quiz, member):
    with pytest.raises(AttemptRefused, match="还没有试题"):
        start(member, quiz)


def test_same_seed_gives_the_same_layout(quiz, bank, tree):
    for _ in range(10):
        make_question(bank)
    add_draw(quiz, bank, 5)
    quiz.shuffles_questions = True
    layouts = [
        start(make_committee_member(tree.village, name), quiz, seed=7).layout
        for name in ("陈秀英", "黄桂芳")
    ]

    assert layouts[0] == layouts[1]


def test_seed_is_kept(quiz, bank, member):
    fix_questions(quiz, [make_question(bank)])

    assert start(member, quiz, seed=7).seed == 7


def test_next_attempts_bring_what_was_not_seen(quiz, bank, member):
    for _ in range(9):
        make_question(bank)
    add_draw(quiz, bank, 3)
    seen = []
    for number in range(3):
        attempt = start(member, quiz, now=NOW + number * MINUTE)
        seen += versions(submit(attempt, now=NOW + number * MINUTE))

    assert len(set(seen)) == 9


def test_fourth_attempt_of_a_small_bank_still_starts(quiz, bank, member):
    for _ in range(4):
        make_question(bank)
    add_draw(quiz, bank, 3)
    for number in range(4):
        submit(start(member, quiz, now=NOW + number * MINUTE), now=NOW + number * MINUTE)


def test_questions_are_shuffled_when_asked(academy, member):
    quiz = make_quiz(academy, 10, shuffles_questions=True)
    in_order = list(quiz.fixed_questions.values_list("question__current_id", flat=True))

    drawn = versions(start(member, quiz, seed=1))

    assert (drawn != in_order, sorted(drawn)) == (True, sorted(in_order))


def test_ladder_is_never_shuffled(academy, member):
    quiz = make_quiz(academy, 10, shuffles_questions=True, mode="challenge")
    in_order = list(quiz.fixed_questions.values_list("question__current_id", flat=True))

    assert versions(start(member, quiz, seed=1)) == in_order


def test_options_keep_their_order_when_they_are_not_shuffled(academy, member):
    layout = start(member, make_quiz(academy, 5, shuffles=False)).layout

    assert {tuple(place["o"]) for place in layout} == {("a", "b", "c", "d")}


def test_daily_questions_differ_by_member_and_day_and_repeat(academy, bank, tree):
    for _ in range(40):
        make_question(bank)
    quiz = make_quiz_page(academy, mode="daily")
    add_draw(quiz, bank, 5)
    noon = timezone.make_aware(datetime(2026, 3, 8, 12))
    first, second = (make_committee_member(tree.village, name) for name in ("陈秀英", "黄桂芳"))

    today = start(first, quiz, now=noon)
    other = start(second, quiz, now=noon)
    tomorrow = start(first, quiz, now=noon + timedelta(days=1))
    again = versions(today)
    today.delete()
    tomorrow.delete()

    assert versions(start(first, quiz, now=noon)) == again
    assert len({today.seed, other.seed, tomorrow.seed}) == 3


def test_pools_take_one_query_for_any_number_of_draws(quiz, bank):
    make_question(bank)
    for _ in range(5):
        add_draw(quiz, bank, 1)
    read_pools(quiz)
    with CaptureQueriesContext(connection) as captured:
        pools = read_pools(quiz)

    assert (len(pools), len(captured)) == (5, 1)
