"""The page of all questions: many answers in one request, from the outbox or as a plain form."""

import gzip
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.models import Attempt
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def quiz(academy):
    bank = make_bank()
    quiz = make_quiz_page(academy)
    kinds = [("single", ("B",)), ("multiple", ("AB",)), ("blank", ("三月八日",))]
    questions = [
        make_question(bank, kind, "空是____。" if kind == "blank" else "", answers=answers)
        for kind, answers in kinds
    ]
    fix_questions(quiz, questions)
    return quiz


@pytest.fixture
def attempt(member, quiz):
    return start_attempt(member=member, quiz=quiz, now=timezone.now())


def url(name, *args):
    return reverse(f"quizzes:{name}", args=args)


def now_ms():
    return round(timezone.now().timestamp() * 1000)


def given(index, *response, seq=None):
    return {"index": index, "response": list(response), "seq": seq or now_ms()}


def post_batch(client, attempt, *answers):
    body = json.dumps({"answers": answers})
    return client.post(url("answers", attempt.pk), body, "application/json")


def answers(attempt):
    attempt.refresh_from_db()
    return {place: answer["r"] for place, answer in attempt.answers.items()}


def test_batch_saves_every_answer(client, attempt):
    response = post_batch(client, attempt, given(1, "b"), given(3, "三月八日"))

    assert response.json() == {"replies": [{"saved": True}, {"saved": True}]}
    assert answers(attempt) == {"q0": ["b"], "q2": ["三月八日"]}


def test_batch_keeps_the_newest_of_one_question(client, attempt):
    now = now_ms()
    post_batch(client, attempt, given(1, "a", seq=now), given(1, "c", seq=now - 5))

    assert answers(attempt) == {"q0": ["a"]}


def test_batch_tells_what_stands_where_a_newer_answer_is(client, attempt):
    post_batch(client, attempt, given(1, "c"))
    old, new = post_batch(client, attempt, given(1, "a", seq=5), given(2, "a")).json()["replies"]

    assert (old["reason"], old["response"], new) == ("stale", ["c"], {"saved": True})


def test_batch_after_the_hand_in_names_the_result(client, attempt):
    submit_attempt(attempt_id=attempt.pk, member=attempt.member, now=timezone.now())
    (reply,) = post_batch(client, attempt, given(1, "a")).json()["replies"]

    assert (reply["saved"], reply["result_url"]) == (False, url("result", attempt.pk))


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"answers": []}', '{"answers": [1]}', '{"answers": {"index": 1}}'],
)
def test_malformed_batch_is_refused(client, attempt, body):
    response = client.post(url("answers", attempt.pk), body, "application/json")

    assert response.status_code == 400


def test_batch_of_a_member_who_is_signed_out_is_kept_by_her_phone(client, attempt):
    client.logout()

    assert post_batch(client, attempt, given(1, "a")).status_code == 401


def test_message_of_the_older_form_is_still_taken(client, attempt):
    body = json.dumps(given(1, "b"))
    response = client.post(url("answer", attempt.pk), body, "application/json")

    assert (response.json(), answers(attempt)) == ({"saved": True}, {"q0": ["b"]})


def page_form(**fields):
    return {"count": 3, "go": "save"} | fields


def test_form_saves_the_whole_page(client, attempt):
    form = page_form(**{"q0.response": "b", "q1.response": ["a", "b"], "q2.response": "三月八日"})
    response = client.post(url("answers", attempt.pk), form)

    assert response["Location"] == url("resume", attempt.pk)
    assert answers(attempt) == {"q0": ["b"], "q1": ["a", "b"], "q2": ["三月八日"]}


def test_form_leads_to_the_hand_in(client, attempt):
    response = client.post(url("answers", attempt.pk), page_form(go="finish"))

    assert response["Location"] == url("confirm", attempt.pk)


def test_form_leaves_questions_alone_that_had_and_have_no_answer(client, attempt):
    post_batch(client, attempt, given(1, "b"))
    client.post(url("answers", attempt.pk), page_form(**{"q2.response": ""}))

    assert answers(attempt) == {"q0": ["b"]}


def test_form_takes_back_what_was_ticked_on_its_page(client, attempt):
    post_batch(client, attempt, given(2, "a"))
    client.post(url("answers", attempt.pk), page_form(**{"q1.had": ""}))

    assert answers(attempt) == {"q1": []}


def test_form_leaves_what_another_phone_has_changed_since(client, attempt):
    post_batch(client, attempt, given(1, "a"))
    html = client.get(url("resume", attempt.pk)).content.decode()
    [had] = re.findall(r'name="q0.had" value="(\w+)"', html)
    post_batch(client, attempt, given(1, "c", seq=now_ms() + 1))

    form = page_form(**{"q0.response": "a", "q0.had": had, "q2.response": "三月八日"})
    client.post(url("answers", attempt.pk), form)

    assert answers(attempt) == {"q0": ["c"], "q2": ["三月八日"]}


@pytest.fixture
def timed(member, quiz):
    quiz.time_limit = 50
    quiz.save()
    return start_attempt(member=member, quiz=quiz, now=timezone.now())


def test_clock_of_a_phone_that_jumps_hands_nothing_in(client, timed):
    reply = client.post(url("submit", timed.pk), '{"time_up": true}', "application/json")

    timed.refresh_from_db()
    assert (reply.json(), timed.is_open) == ({"too_early": True}, True)


def test_time_that_is_up_hands_in(client, timed):
    Attempt.objects.update(deadline=timezone.now())

    reply = client.post(url("submit", timed.pk), '{"time_up": true}', "application/json")

    timed.refresh_from_db()
    assert reply.json() == {"result_url": url("result", timed.pk)}
    assert timed.is_auto_submitted


def test_page_names_each_questions_inputs_apart(client, attempt):
    html = client.get(url("resume", attempt.pk)).content.decode()

    assert [html.count(f'name="q{place}.response"') for place in range(4)] == [4, 4, 1, 0]


def test_page_shows_what_was_saved(client, attempt):
    post_batch(client, attempt, given(1, "b"), given(3, "三月八日"))
    html = client.get(url("resume", attempt.pk)).content.decode()

    assert 'value="三月八日"' in html
    assert html.count("checked") == 1
    assert [f'name="q{place}.had"' in html for place in range(3)] == [True, False, True]


@pytest.mark.parametrize("form", [{}, {"count": "0"}, {"count": "9999"}, {"count": "x"}])
def test_form_that_is_no_page_is_refused(client, attempt, form):
    assert client.post(url("answers", attempt.pk), form).status_code == 400


def test_form_of_a_case_keeps_its_parts_apart(client, attempt):
    client.post(
        url("answers", attempt.pk), page_form(**{"q0.response.0": "b", "q0.response.1": "x"})
    )

    assert answers(attempt) == {"q0": ["0:b", "1:x"]}


def test_page_of_twenty_questions_is_light(client, member, academy):
    quiz, bank = make_quiz_page(academy, time_limit=20), make_bank()
    stem = "邻居阿芳深夜跑来说丈夫打她，作为村妇联执委，你第 {} 步应该怎么做？"
    options = (
        "劝她忍一忍，家丑不外扬",
        "先确认她和孩子是否安全，有危险立即拨打 110",
        "马上去她家找男方理论",
        "等村委会开会时再讨论",
    )
    fix_questions(quiz, [make_question(bank, "single", stem.format(n), options) for n in range(20)])
    attempt = start_attempt(member=member, quiz=quiz, now=timezone.now())
    page = client.get(url("resume", attempt.pk)).content

    assert len(gzip.compress(page, 6)) <= 15 * 1024
