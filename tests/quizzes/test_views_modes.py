"""One question per screen: practice, challenge, and quizzes that go forward only."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.domain.attempts import start_attempt
from quizzes.models import Attempt
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

KEY = "只有钥匙里才有的话"


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def open_attempt(member, academy):
    def make(**rules) -> Attempt:
        quiz, bank = make_quiz_page(academy, **rules), make_bank()
        blank = make_question(bank, "blank", "妇女节是____。", (), (KEY,))
        fix_questions(quiz, [make_question(bank), blank, make_question(bank)])
        return start_attempt(member=member, quiz=quiz, now=timezone.now())

    return make


def url(name, *args):
    return reverse(f"quizzes:{name}", args=args)


def press(client, attempt, number, go, *response):
    form = {"index": number, "go": go, "response": response}
    return client.post(url("answer", attempt.pk), form)


def page_of(client, attempt, number) -> str:
    return client.get(url("question", attempt.pk, number)).content.decode()


def test_practice_shows_one_question_at_a_time(client, open_attempt):
    attempt = open_attempt(mode="practice")

    assert client.get(url("resume", attempt.pk))["Location"] == url("question", attempt.pk, 1)
    assert "看答案" in page_of(client, attempt, 1)


def test_practice_tells_the_key_after_the_answer_only(client, open_attempt):
    attempt = open_attempt(mode="practice")
    before = page_of(client, attempt, 2)
    response = press(client, attempt, 2, "check", "不知道")
    after = page_of(client, attempt, 2)

    assert response["Location"] == url("question", attempt.pk, 2)
    assert (KEY in before, KEY in after) == (False, True)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([], [False, False, False]),
        (["correctness"], [True, False, False]),
        (["correctness", "explanations"], [True, True, False]),
        (["answers"], [False, False, True]),
    ],
)
def test_practice_shows_what_the_quiz_allows(client, open_attempt, parts, shown):
    attempt = open_attempt(mode="practice", review_during=parts)
    press(client, attempt, 2, "check", "不知道")
    html = page_of(client, attempt, 2)

    assert [text in html for text in ("答错", "解析", KEY)] == shown


def test_judged_answer_is_locked(client, open_attempt):
    attempt = open_attempt(mode="practice")
    press(client, attempt, 1, "check", "a")
    body = json.dumps({"index": 1, "response": ["b"], "seq": 10**15})
    reply = client.post(url("answer", attempt.pk), body, "application/json").json()

    assert (reply["reason"], reply["response"]) == ("checked", ["a"])


def test_check_by_json_says_that_it_is_saved(client, open_attempt):
    attempt = open_attempt(mode="practice")
    body = json.dumps({"index": 1, "response": ["b"], "seq": 10**15, "check": True})

    assert client.post(url("answer", attempt.pk), body, "application/json").json() == {
        "saved": True
    }


def test_check_is_refused_where_the_quiz_judges_after_the_hand_in(client, open_attempt):
    attempt = open_attempt()

    assert press(client, attempt, 1, "check", "b").status_code == 400


def test_challenge_goes_on_after_a_right_answer(client, open_attempt):
    attempt = open_attempt(mode="challenge")
    press(client, attempt, 1, "check", "b")

    assert "已连对 <b>1</b> 题" in page_of(client, attempt, 1)
    assert "第 2 题，共 3 题" in page_of(client, attempt, 2)


def test_challenge_ends_with_a_miss(client, open_attempt):
    attempt = open_attempt(mode="challenge")
    press(client, attempt, 1, "check", "b")
    response = press(client, attempt, 2, "check", "不知道")

    assert response["Location"] == url("result", attempt.pk)
    assert "连对 1 题" in client.get(url("result", attempt.pk)).content.decode()


def test_challenge_hides_what_comes_later(client, open_attempt):
    attempt = open_attempt(mode="challenge")

    assert client.get(url("question", attempt.pk, 3))["Location"] == url("question", attempt.pk, 1)


def test_result_of_a_challenge_keeps_what_she_never_saw(client, open_attempt):
    attempt = open_attempt(mode="challenge")
    press(client, attempt, 1, "check", "a")

    assert KEY not in client.get(url("result", attempt.pk)).content.decode()
    assert client.get(url("reviewed", attempt.pk, 2)).status_code == 404


def test_ordered_quiz_says_that_there_is_no_way_back(client, open_attempt):
    html = page_of(client, open_attempt(is_sequential=True), 1)

    assert "不能回到这一题" in html
    assert "上一题" not in html


def test_ordered_quiz_goes_forward(client, open_attempt):
    attempt = open_attempt(is_sequential=True)
    response = press(client, attempt, 1, "next", "b")

    assert response["Location"] == url("question", attempt.pk, 2)


def test_ordered_quiz_does_not_go_back(client, open_attempt):
    attempt = open_attempt(is_sequential=True)
    press(client, attempt, 1, "next", "b")
    press(client, attempt, 2, "next", "三月八日")

    assert client.get(url("question", attempt.pk, 1))["Location"] == url("question", attempt.pk, 2)
    press(client, attempt, 1, "next", "a")
    attempt.refresh_from_db()
    assert attempt.answers["q0"]["r"] == ["b"]


def test_ordered_quiz_does_not_go_back_after_a_look_ahead(client, open_attempt):
    attempt = open_attempt(is_sequential=True)
    press(client, attempt, 1, "next", "b")
    client.get(url("question", attempt.pk, 2))

    assert client.get(url("question", attempt.pk, 1))["Location"] == url("question", attempt.pk, 2)
    press(client, attempt, 1, "next", "a")
    attempt.refresh_from_db()
    assert attempt.answers["q0"]["r"] == ["b"]


def test_ordered_quiz_shows_none_beyond_what_was_only_looked_at(client, open_attempt):
    attempt = open_attempt(is_sequential=True)
    press(client, attempt, 1, "next", "b")
    client.get(url("question", attempt.pk, 2))

    assert client.get(url("question", attempt.pk, 3))["Location"] == url("question", attempt.pk, 2)


def test_ordered_quiz_does_not_jump_ahead(client, open_attempt):
    attempt = open_attempt(is_sequential=True)

    assert client.get(url("question", attempt.pk, 2))["Location"] == url("question", attempt.pk, 1)


@pytest.mark.parametrize(
    ("go", "target"), [("prev", 1), ("next", 3), ("elsewhere", 2), ("finish", None)]
)
def test_buttons_lead_where_they_say(client, open_attempt, go, target):
    attempt = open_attempt(mode="practice")
    response = press(client, attempt, 2, go, "三月八日")
    there = url("question", attempt.pk, target) if target else url("confirm", attempt.pk)

    assert response["Location"] == there


@pytest.mark.parametrize("mode", ["practice", "challenge"])
def test_check_of_an_empty_answer_judges_nothing(client, open_attempt, mode):
    attempt = open_attempt(mode=mode)
    form = {"index": 1, "seq": 1, "go": "check"}
    page = client.post(reverse("quizzes:answer", args=[attempt.pk]), form, follow=True)

    attempt.refresh_from_db()
    assert (attempt.is_open, attempt.answers) == (True, {})
    assert "先选好或写好答案，再看答案。" in page.content.decode()
