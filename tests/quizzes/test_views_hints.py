"""What a member is told of an answer that was kept and cannot quite be read."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.domain.attempts import start_attempt
from quizzes.models import Attempt
from quizzes.question_types.base import Authoring, Part
from quizzes.question_types.registry import get_type
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

ITEMS = ("报警", "就医", "求助")
TWICE, UNREAD = "选了不止一次", "读不成一个数"


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def start(member, academy):
    def begin(**rules) -> Attempt:
        bank, quiz = make_bank(), make_quiz_page(academy, **rules)
        ordering = make_question(bank, "ordering", "排出先后。", ITEMS, ())
        number = make_question(bank, "numeric", "几天？", (), ("15",))
        fix_questions(quiz, [ordering, number])
        return start_attempt(member=member, quiz=quiz, now=timezone.now())

    return begin


def url(name, *args):
    return reverse(f"quizzes:{name}", args=args)


def post_page(client, attempt, first=("", "", ""), second="", go="finish"):
    data = {"count": 2, "q0.response": list(first), "q1.response": second, "go": go}
    return client.post(url("answers", attempt.pk), data)


def post_one(client, attempt, number, values, **data):
    return client.post(
        url("answer", attempt.pk), {"index": number, "response": values, "go": "next"} | data
    )


def stored(attempt, index) -> list[str]:
    return Attempt.objects.get(pk=attempt.pk).answers[f"q{index}"]["r"]


def test_item_chosen_twice_is_kept_and_told(client, start):
    attempt = start()
    response = post_page(client, attempt, ("a", "a", "b"))
    page = client.get(response["Location"]).content.decode()

    assert response["Location"] == url("resume", attempt.pk)
    assert stored(attempt, 0) == ["a", "a", "b"]
    assert ("第 1 题下面有提醒" in page, TWICE in page, "第 2 位另选一项" in page) == (True,) * 3


def test_told_once_she_may_hand_in_as_it_is(client, start):
    attempt = start()
    post_page(client, attempt, ("a", "a", "b"))
    shown = client.get(url("resume", attempt.pk)).context["questions"][0]
    data = {"count": 2, "q0.response": ["a", "", "b"], "q0.had": shown["had"], "go": "finish"}
    client.post(url("answers", attempt.pk), data)

    again = {"count": 2, "q0.response": ["a", "", "b"], "go": "finish"}
    again["q0.had"] = client.get(url("resume", attempt.pk)).context["questions"][0]["had"]
    assert client.post(url("answers", attempt.pk), again)["Location"] == url("confirm", attempt.pk)


def test_answers_that_can_be_read_go_straight_on(client, start):
    attempt = start()

    response = post_page(client, attempt, ("a", "c", "b"), "15")
    assert response["Location"] == url("confirm", attempt.pk)


def test_number_that_cannot_be_read_is_kept_and_told(client, start):
    attempt = start()
    page = client.get(post_page(client, attempt, second="大概十几天")["Location"])

    assert stored(attempt, 1) == ["大概十几天"]
    assert UNREAD in page.content.decode()


@pytest.mark.parametrize(("value", "is_told"), [("大概十几天", True), ("十五", False)])
def test_outbox_hears_whether_a_number_can_be_read(client, start, value, is_told):
    attempt, now = start(), round(timezone.now().timestamp() * 1000)
    body = {"index": 2, "response": [value], "seq": now, "hint": True}
    one = client.post(url("answer", attempt.pk), json.dumps(body), "application/json").json()
    batch = {"answers": [body | {"seq": now + 1}]}
    many = client.post(url("answers", attempt.pk), json.dumps(batch), "application/json").json()

    replies = [one, many["replies"][0]]
    assert [(each["saved"], UNREAD in each["hint"]) for each in replies] == [(True, is_told)] * 2


def test_saving_asks_no_more_queries_than_before_where_no_hint_is_wanted(
    client, start, django_assert_max_num_queries
):
    attempt = start()
    body = {"index": 2, "response": ["十几"], "seq": round(timezone.now().timestamp() * 1000)}

    with django_assert_max_num_queries(3):
        reply = client.post(url("answer", attempt.pk), json.dumps(body), "application/json")
    assert reply.json() == {"saved": True}


def test_question_alone_waits_once_for_a_second_look(client, start):
    attempt = start(is_sequential=True)
    first = post_one(client, attempt, 1, ["a", "a", "b"])
    shown = client.get(first["Location"])
    told = shown.context["question"]["hint"]
    second = post_one(client, attempt, 1, ["a", "a", "b"], told=told)

    assert first["Location"] == url("question", attempt.pk, 1)
    assert (TWICE in told, TWICE in shown.content.decode()) == (True, True)
    assert second["Location"] == url("question", attempt.pk, 2)


def test_question_is_not_judged_before_she_was_told(client, start):
    attempt = start(mode="practice")
    before = post_one(client, attempt, 2, ["大概十几天"], go="check")
    is_judged = "c" in Attempt.objects.get().answers["q1"]
    told = client.get(before["Location"]).context["question"]["hint"]
    post_one(client, attempt, 2, ["大概十几天"], go="check", told=told)

    assert (is_judged, "c" in Attempt.objects.get().answers["q1"]) == (False, True)


def test_part_of_a_case_is_named():
    number = Part("numeric", Authoring("几天？", (), ("15",)))
    case = get_type("case")
    spec = case.parse(Authoring("材料", parts=(number, number)))

    hint = case.hint(spec, ["0:15", "1:大概"])
    assert (hint.startswith("（2）“大概”"), "（1）" in hint) == (True, False)
