"""The result: as much of it as the quiz allows, and in plain words what is still to come."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from quizzes.domain.attempts import (
    save_answer,
    settle_marks,
    start_attempt,
    submit_attempt,
    void_attempt,
)
from quizzes.models import ManualMark
from quizzes.wording import moment_text
from tests.factories import make_committee_member, make_member
from tests.pages import make_lesson, make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

KEY = "只有钥匙里才有的话"


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def quiz(academy):
    quiz, bank = make_quiz_page(academy), make_bank()
    blank = make_question(bank, "blank", "妇女节是____。", (), (KEY,))
    fix_questions(quiz, [make_question(bank), blank])
    return quiz


@pytest.fixture
def hand_in(member, quiz):
    def take(*answers, ago=timedelta(0)):
        then = timezone.now() - ago
        attempt = start_attempt(member=member, quiz=quiz, now=then)
        for index, values in enumerate(answers):
            save_answer(
                attempt_id=attempt.pk,
                member=member,
                index=index,
                values=values,
                sequence=1,
                now=then,
            )
        return submit_attempt(attempt_id=attempt.pk, member=member, now=then)

    return take


def result_of(client, attempt) -> str:
    return client.get(reverse("quizzes:result", args=[attempt.pk])).content.decode()


def test_result_and_history_speak_alike_of_moment_and_next_time(client, quiz, hand_in):
    attempt = hand_in(["b"])
    moment = date_format(timezone.localtime(attempt.submitted_at), "n月j日 H:i")
    pages = result_of(client, attempt), client.get(quiz.url).content.decode()

    assert [(moment in page, "再答一次" in page) for page in pages] == [(True, True)] * 2


def test_moment_of_another_year_names_it(client, quiz, hand_in):
    attempt = hand_in(["b"], ago=timedelta(days=400))
    year = timezone.localtime(attempt.submitted_at).year

    assert moment_text(attempt.submitted_at).startswith(f"{year}年")


def set_rules(quiz, **rules):
    for name, value in rules.items():
        setattr(quiz, name, value)
    quiz.save()


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([], [False, False, False, False]),
        (["marks"], [True, False, False, False]),
        (["correctness"], [False, True, False, False]),
        (["answers"], [False, False, True, False]),
        (["explanations"], [False, False, False, True]),
        (["marks", "correctness", "answers", "explanations"], [True, True, True, True]),
    ],
)
def test_each_part_is_shown_only_where_the_quiz_allows_it(client, quiz, hand_in, parts, shown):
    set_rules(quiz, review_right_after=parts)
    html = result_of(client, hand_in(["b"], ["不知道"]))

    assert [text in html for text in ("50 分", "答错", KEY, "解析")] == shown


def test_result_says_when_more_will_be_shown(client, quiz, hand_in):
    closes_at = timezone.now() + timedelta(days=1)
    set_rules(quiz, review_right_after=["marks"], review_later=["marks"], closes_at=closes_at)

    assert "截止后可以看对错、正确答案、讲解" in result_of(client, hand_in())


def test_key_is_out_after_the_closing(client, quiz, hand_in):
    attempt = hand_in(ago=timedelta(hours=1))
    closed = timezone.now() - timedelta(minutes=1)
    set_rules(quiz, review_later=[], closes_at=closed)

    assert KEY in result_of(client, attempt)


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ([["b"], [KEY]], "优秀"),
        ([["b"], ["不知道"]], "60 分及格"),
    ],
)
def test_result_has_words_for_the_score(client, hand_in, answers, text):
    assert text in result_of(client, hand_in(*answers))


def test_result_sends_her_to_no_explanation_that_is_hidden(client, quiz, hand_in):
    set_rules(quiz, review_right_after=["marks"], review_later=["marks"])
    html = result_of(client, hand_in(["a"]))

    assert "别灰心" in html
    assert "看看讲解" not in html


def test_result_goes_by_the_pass_mark_of_the_attempt(client, quiz, hand_in):
    set_rules(quiz, pass_mark=40)
    attempt = hand_in(["b"])
    set_rules(quiz, pass_mark=90)

    assert "及格了" in result_of(client, attempt)


def test_answer_that_waits_for_a_person_has_no_score_yet(client, quiz, hand_in):
    bank = make_bank()
    fix_questions(quiz, [make_question(bank, "short", "说说你会怎么做。", (), ("先听她说",))])
    html = result_of(client, hand_in(["b"], [KEY], ["先听她说"]))

    assert "待阅卷" in html
    assert "100 分" not in html
    assert "计入本单位" not in html


def test_voided_attempt_shows_no_questions(client, hand_in):
    attempt = hand_in(["b"])
    void_attempt(attempt_id=attempt.pk, by=make_member(), reason="重考", now=timezone.now())
    html = result_of(client, attempt)

    assert "已作废" in html
    assert "解析" not in html


def test_explanation_leads_to_the_second_of_the_lesson(client, quiz, academy, hand_in):
    lesson = make_lesson(academy)
    question = quiz.fixed_questions.first().question
    question.explained_by, question.explained_at = lesson, 125
    question.save()

    assert f'href="{lesson.url}?t=125"' in result_of(client, hand_in())


def test_one_question_has_its_tools(client, hand_in):
    attempt = hand_in(["b"])
    html = client.get(reverse("quizzes:reviewed", args=[attempt.pk, 1])).content.decode()

    assert reverse("quizzes:mark_favourite") in html


@pytest.mark.parametrize(("number", "status"), [(2, 200), (3, 404)])
def test_one_question_is_one_of_the_attempt(client, hand_in, number, status):
    address = reverse("quizzes:reviewed", args=[hand_in().pk, number])

    assert client.get(address).status_code == status


def test_one_question_does_not_exist_for_another_member(client, tree, hand_in):
    address = reverse("quizzes:reviewed", args=[hand_in().pk, 1])
    client.force_login(make_committee_member(tree.sibling_village, "黄桂芳"))

    assert client.get(address).status_code == 404


@pytest.fixture
def marked(quiz, hand_in):
    """An attempt with an answer that a person has marked."""
    short = make_question(make_bank(), "short", "说说你会怎么做。", (), ("先听她说",))
    fix_questions(quiz, [short])
    attempt = hand_in(*[["先听她说"]] * 3)
    asked = [place["v"] for place in attempt.layout]
    ManualMark.objects.create(
        attempt=attempt,
        place=asked.index(short.current_id),
        marker=make_member("李阅卷"),
        percent=50,
        comment="再说说怎么陪她",
        marked_at=timezone.now(),
    )
    return settle_marks(attempt_id=attempt.pk, now=timezone.now())


@pytest.mark.parametrize(
    ("parts", "is_shown"), [(["marks"], False), (["marks", "correctness"], True)]
)
def test_comment_of_the_marker_is_shown_with_the_question(client, quiz, marked, parts, is_shown):
    set_rules(quiz, review_right_after=parts)

    assert ("再说说怎么陪她" in result_of(client, marked)) == is_shown


def test_comment_waits_for_the_marks(client, quiz, marked):
    set_rules(quiz, review_right_after=["correctness"])

    assert "再说说怎么陪她" not in result_of(client, marked)
