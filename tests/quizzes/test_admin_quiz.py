"""What a quiz's rules must be, at once or when it is published."""

import pytest

from quizzes.domain.bank import save_question
from quizzes.domain.leaks import find_leaks
from quizzes.models import Question, QuestionBank, QuizPage
from quizzes.models.pages import QuizDraw, QuizQuestion
from tests.factories import make_member
from tests.pages import make_lesson, make_quiz_page
from tests.quizzes.quiz_forms import EVERYTHING, quiz_form, row_errors, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db):
    return QuestionBank.objects.create(name="妇女权益")


@pytest.fixture
def editor(db):
    return make_member("林编辑", is_staff=True, is_superuser=True)


def make_question(bank, stem="国际妇女节在三月。", **filing):
    return save_question(bank=bank, type="judge", stem=stem, options=(), answers=("对",), **filing)


def as_draft(form):
    form.defer_required_fields()
    return form


@pytest.fixture
def draw(bank):
    """A quiz that draws the one question of the bank."""
    make_question(bank)
    return rows("draws", {"bank": bank.pk})


def test_quiz_without_questions_is_refused(editor, academy):
    form = quiz_form(editor, parent=academy)

    assert form.non_field_errors() == ["还没有试题：请添加至少一道固定试题，或一条随机抽题。"]


def test_quiz_without_questions_is_kept_as_draft(editor, academy):
    assert as_draft(quiz_form(editor, parent=academy)).errors == {}


def test_quiz_that_draws_enough_is_valid(editor, academy, draw):
    assert quiz_form(editor, parent=academy, **draw).errors == {}


@pytest.mark.parametrize(
    ("rule", "available"),
    [
        ({"count": 3}, 2),
        ({"count": 2, "min_difficulty": 4}, 1),
        ({"count": 2, "max_difficulty": 3}, 1),
        ({"count": 2, "tag": "反家暴"}, 1),
        ({"count": 2, "knowledge_point": "保护令"}, 1),
        ({"count": 1, "tag": "没有的标签"}, 0),
    ],
)
def test_draw_whose_rule_fits_too_few_is_refused(editor, academy, bank, rule, available):
    make_question(bank, tags=["反家暴"], knowledge_point="保护令")
    make_question(bank, "妇联是群团组织。", difficulty=5)

    form = quiz_form(editor, parent=academy, **rows("draws", {"bank": bank.pk, **rule}))

    message = f"符合这条规则的只有 {available} 道题，请减少题数、放宽条件或补充试题。"
    assert not form.is_valid()
    assert row_errors(form, "draws") == [{"count": [message]}]


def test_draws_of_one_bank_need_different_questions(editor, academy, bank):
    make_question(bank, difficulty=5)
    make_question(bank, "妇联是群团组织。", difficulty=5)
    wide, narrow = {"bank": bank.pk}, {"bank": bank.pk, "count": 2, "min_difficulty": 4}

    form = quiz_form(editor, parent=academy, **rows("draws", wide, narrow))

    assert form.non_field_errors() == [
        "题库“妇女权益”的几条抽题规则合起来抽不到 3 道不同的题；请减少题数、放宽条件或补充试题。"
    ]


def test_wide_draw_leaves_the_narrow_one_its_questions(editor, academy, bank):
    make_question(bank, difficulty=5)
    make_question(bank, "妇联是群团组织。", difficulty=1)
    wide, narrow = {"bank": bank.pk}, {"bank": bank.pk, "min_difficulty": 4}

    assert quiz_form(editor, parent=academy, **rows("draws", wide, narrow)).is_valid()


def test_fixed_question_is_not_drawn_again(editor, academy, bank):
    fixed = rows("fixed_questions", {"question": make_question(bank).pk})

    form = quiz_form(editor, parent=academy, **fixed, **rows("draws", {"bank": bank.pk}))

    assert not form.is_valid()
    assert list(row_errors(form, "draws")[0]) == ["count"]


def test_retired_question_is_not_drawn(editor, academy, draw):
    Question.objects.update(is_retired=True)

    assert not quiz_form(editor, parent=academy, **draw).is_valid()


def test_difficulty_from_must_not_be_above_to(editor, academy, bank):
    make_question(bank)
    rule = {"bank": bank.pk, "min_difficulty": 4, "max_difficulty": 2}

    form = quiz_form(editor, parent=academy, **rows("draws", rule))

    assert not form.is_valid()
    assert row_errors(form, "draws") == [{"max_difficulty": ["难度的上限不能低于下限。"]}]


def test_quiz_that_closes_before_it_opens_is_refused(editor, academy, draw):
    times = {"opens_at": "2026-03-08 10:00", "closes_at": "2026-03-08 09:00"}

    form = quiz_form(editor, parent=academy, **draw, **times)

    assert form.errors == {"closes_at": ["截止时间要晚于开放时间。"]}


ONLY_AFTER_CLOSE = {"review_right_after": ["marks"], "review_later": ["marks"]}


def test_parts_shown_only_after_closing_need_a_closing_time(editor, academy):
    form = as_draft(quiz_form(editor, parent=academy, **ONLY_AFTER_CLOSE))

    assert form.errors == {
        "closes_at": ["有的内容选了“测验截止后”才给看，就要填截止时间，不然谁也看不到。"]
    }


@pytest.mark.parametrize(
    "rules",
    [
        ONLY_AFTER_CLOSE | {"closes_at": "2026-03-08 09:00"},
        ONLY_AFTER_CLOSE | {"review_after_close": ["marks"]},
        {"review_right_after": ["marks"], "review_later": EVERYTHING},
    ],
)
def test_parts_that_can_be_seen_are_valid(editor, academy, draw, rules):
    assert quiz_form(editor, parent=academy, **(draw | rules)).errors == {}


def test_closing_time_that_cannot_be_read_is_complained_about_once(editor, academy):
    form = as_draft(quiz_form(editor, parent=academy, **ONLY_AFTER_CLOSE, closes_at="三月"))

    assert len(form.errors["closes_at"]) == 1


def test_excellent_below_pass_is_refused(editor, academy, draw):
    form = quiz_form(editor, parent=academy, **draw, pass_mark=80, excellent_mark=70)

    assert form.errors == {"excellent_mark": ["优秀线不能低于及格线。"]}


@pytest.mark.parametrize("mode", ["practice", "daily", "challenge"])
@pytest.mark.parametrize(
    "limit", [{"time_limit": 30}, {"attempts_allowed": 2}, {"wait": 5}, {"password": "木棉"}]
)
def test_mode_without_limits_says_that_they_do_not_apply(editor, academy, draw, mode, limit):
    form = quiz_form(editor, parent=academy, **draw, **limit, mode=mode)

    assert list(form.errors) == list(limit)


def test_mode_with_limits_takes_them(editor, academy, draw):
    limits = {"time_limit": 30, "attempts_allowed": 2, "wait": 5, "password": "木棉"}

    assert quiz_form(editor, parent=academy, **draw, **limits).errors == {}


def test_paper_takes_no_draws(editor, academy, draw):
    form = quiz_form(editor, parent=academy, **draw, mode="paper")

    assert form.errors == {
        "mode": ["“统一试卷”人人同一份题，不能随机抽题：请删去随机抽题，或者换一种方式。"]
    }


def test_paper_needs_fixed_questions(editor, academy):
    form = quiz_form(editor, parent=academy, mode="paper")

    assert form.errors["mode"] == ["“统一试卷”要有固定试题，请添加。"]


def test_paper_of_fixed_questions_is_valid(editor, academy, bank):
    fixed = rows("fixed_questions", {"question": make_question(bank).pk})

    assert quiz_form(editor, parent=academy, **fixed, mode="paper").is_valid()


def test_quiz_is_not_its_own_prerequisite(editor, academy, draw):
    quiz = make_quiz_page(academy)

    form = quiz_form(editor, quiz, **draw, **rows("prerequisites", {"page": quiz.pk}))

    assert not form.is_valid()
    assert row_errors(form, "prerequisites") == [{"page": ["测验不能是自己的先修，请换一页。"]}]


def test_lesson_is_a_prerequisite(editor, academy, draw):
    quiz, lesson = make_quiz_page(academy), make_lesson(academy)

    form = quiz_form(editor, quiz, **draw, **rows("prerequisites", {"page": lesson.pk}))

    assert form.is_valid()


def test_question_that_waits_for_review_is_not_chosen(editor, academy, bank):
    QuestionBank.objects.update(needs_review=True)
    waiting = make_question(bank)

    form = quiz_form(editor, parent=academy, **rows("fixed_questions", {"question": waiting.pk}))

    assert [list(errors) for errors in row_errors(form, "fixed_questions")] == [["question"]]


def test_question_that_went_back_to_review_stops_publishing(editor, academy, bank):
    question = make_question(bank)
    quiz = make_quiz_page(academy)
    use = quiz.fixed_questions.create(question=question)
    Question.objects.update(current=None)
    data = rows("fixed_questions", {"question": question.pk, "id": use.pk}, held=1)

    form = quiz_form(editor, quiz, **data)

    assert not form.is_valid()
    assert row_errors(form, "fixed_questions") == [
        {"question": ["这道题还在审核，三审通过才能用，请先换一道。"]}
    ]


SECRET = {"attempts_allowed": 1, "review_right_after": [], "review_later": []}


@pytest.mark.parametrize(
    ("rules", "count"),
    [
        ({}, 1),
        ({"attempts_allowed": 1}, 0),
        ({"review_right_after": ["marks"], "review_later": ["marks"]}, 0),
        ({"mode": "practice"}, 0),
    ],
)
def test_editor_is_warned_of_a_second_try_with_the_answers(academy, rules, count):
    assert len(find_leaks(make_quiz_page(academy, **rules))) == count


def test_editor_is_warned_of_a_practice_with_the_same_questions(academy, bank):
    exam, practice = make_quiz_page(academy, **SECRET), make_quiz_page(academy, mode="practice")
    before = find_leaks(exam)
    question = make_question(bank)
    QuizQuestion.objects.create(quiz=exam, question=question)
    QuizDraw.objects.create(quiz=practice, bank=bank)
    exam = QuizPage.objects.get(pk=exam.pk)

    (warning,) = find_leaks(exam)
    assert (before, practice.title in warning) == ([], True)


def test_two_warnings_do_not_contradict_each_other(academy, bank):
    """It shows the answers while it is open, though not at once."""
    practice = make_quiz_page(academy, mode="practice")
    exam = make_quiz_page(academy, review_right_after=["marks"], review_later=["answers"])
    for quiz in (exam, practice):
        QuizDraw.objects.create(quiz=quiz, bank=bank)

    second_try, same_questions = find_leaks(QuizPage.objects.get(pk=exam.pk))
    assert "截止前就能看到正确答案" in second_try
    assert ("不公布答案" in same_questions, practice.title in same_questions) == (False, True)


def test_practice_that_is_not_live_or_shows_no_answers_is_no_leak(academy, bank):
    exam = make_quiz_page(academy, **SECRET)
    silent = make_quiz_page(academy, mode="practice", review_during=["correctness"])
    draft = make_quiz_page(academy, mode="practice", live=False)
    for quiz in (exam, silent, draft):
        QuizDraw.objects.create(quiz=quiz, bank=bank)

    assert find_leaks(QuizPage.objects.get(pk=exam.pk)) == []
