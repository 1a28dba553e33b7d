"""What a quiz must have before it is published."""

import pytest

from quizzes.domain.bank import save_question
from quizzes.models import QuestionBank, QuizPage
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db):
    return QuestionBank.objects.create(name="妇女权益")


@pytest.fixture
def editor(db):
    return make_member("林编辑", is_staff=True, is_superuser=True)


def make_question(bank):
    return save_question(
        bank=bank, type="judge", stem="国际妇女节在三月。", options=(), answers=("对",)
    )


def quiz_form(editor, academy, **data):
    form_class = QuizPage.get_edit_handler().get_form_class()
    counts = {
        f"{name}-{key}": value
        for name in ("fixed_questions", "draws", "comments")
        for key, value in {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}.items()
    }
    fields = {
        "title": "测验",
        "slug": "quiz",
        "time_limit": 0,
        "attempts_allowed": 0,
        "pass_mark": 60,
        "review_phase": "hand_in",
    }
    return form_class(
        counts | fields | data, instance=QuizPage(), parent_page=academy, for_user=editor
    )


def draw_data(bank, count):
    return {
        "draws-TOTAL_FORMS": 1,
        "draws-0-bank": bank.pk,
        "draws-0-count": count,
        "draws-0-ORDER": 1,
    }


def test_quiz_without_questions_is_refused(editor, academy):
    form = quiz_form(editor, academy)

    assert form.non_field_errors() == ["还没有试题：请添加至少一道固定试题，或一条随机抽题。"]


def test_quiz_without_questions_is_kept_as_draft(editor, academy):
    form = quiz_form(editor, academy)
    form.defer_required_fields()

    assert form.errors == {}


def test_quiz_that_draws_enough_is_valid(editor, academy, bank):
    make_question(bank)

    assert quiz_form(editor, academy, **draw_data(bank, 1)).errors == {}


def test_quiz_that_draws_too_many_is_refused(editor, academy, bank):
    make_question(bank)

    assert quiz_form(editor, academy, **draw_data(bank, 2)).non_field_errors() == [
        "题库“妇女权益”只有 1 道可抽的题，不够抽 2 道；请减少题数或补充试题。"
    ]


def test_quiz_that_closes_before_it_opens_is_refused(editor, academy, bank):
    make_question(bank)
    times = {"opens_at": "2026-03-08 10:00", "closes_at": "2026-03-08 09:00"}

    form = quiz_form(editor, academy, **draw_data(bank, 1), **times)

    assert form.errors == {"closes_at": ["截止时间要晚于开放时间。"]}


def test_answers_after_closing_need_a_closing_time(editor, academy):
    form = quiz_form(editor, academy, review_phase="close")
    form.defer_required_fields()

    assert form.errors == {"closes_at": ["选了“测验截止后才可看”，就要填截止时间。"]}


def test_answers_after_closing_with_a_closing_time_are_valid(editor, academy, bank):
    make_question(bank)
    data = draw_data(bank, 1) | {"review_phase": "close", "closes_at": "2026-03-08 09:00"}

    assert quiz_form(editor, academy, **data).errors == {}


def test_closing_time_that_cannot_be_read_is_complained_about_once(editor, academy):
    form = quiz_form(editor, academy, review_phase="close", closes_at="三月")
    form.defer_required_fields()

    assert len(form.errors["closes_at"]) == 1
