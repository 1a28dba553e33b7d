"""Taking a quiz over HTTP: who may, what is saved, what is never told too early."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.models import Attempt
from tests.factories import make_committee_member, make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

KEY = "只有钥匙里才有的话"


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def quiz(academy):
    bank = make_bank()
    quiz = make_quiz_page(academy)
    blank = make_question(bank, "blank", "妇女节是____。", (), (KEY,))
    fix_questions(quiz, [make_question(bank), make_question(bank), blank])
    return quiz


@pytest.fixture
def attempt(member, quiz):
    return start_attempt(member=member, quiz=quiz, now=timezone.now())


def url(name, *args):
    return reverse(f"quizzes:{name}", args=args)


def now_ms():
    return round(timezone.now().timestamp() * 1000)


def post_json(client, attempt, **body):
    body = {"index": 1, "response": ["b"], "seq": now_ms()} | body
    return client.post(url("answer", attempt.pk), json.dumps(body), "application/json")


def test_start_leads_to_the_page_of_all_questions(client, member, quiz):
    response = client.post(url("start", quiz.pk))

    assert response["Location"] == url("resume", Attempt.objects.get().pk)


def test_start_needs_a_sign_in(client, quiz):
    response = client.post(url("start", quiz.pk))

    assert response["Location"].startswith(reverse("account_login"))


def test_start_is_closed_to_people_without_an_appointment(client, quiz):
    client.force_login(make_member())

    assert client.post(url("start", quiz.pk)).status_code == 404


def test_list_tells_visitors_to_sign_in(client, quiz):
    page = client.get(url("index")).content.decode()

    assert "没有开放的练习" not in page
    assert f'href="{reverse("account_login")}?next={url("index")}"' in page


def test_quiz_page_sends_visitors_to_the_sign_in(client, quiz):
    response = client.get(quiz.url)

    assert response["Location"] == f"{reverse('account_login')}?next={quiz.url}"


def test_tap_is_saved(client, attempt):
    assert post_json(client, attempt).json() == {"saved": True}


def test_stale_tab_gets_the_answer_that_stands(client, attempt):
    post_json(client, attempt, seq=now_ms() - 10, response=["c"])
    reply = post_json(client, attempt, seq=now_ms() - 5000, response=["a"]).json()

    assert (reply["reason"], reply["response"]) == ("stale", ["c"])


@pytest.mark.parametrize(
    "body",
    ["", "[]", "[" * 200_000, "{}", '{"index": 0, "response": [], "seq": 1}', '{"index": "1"}'],
)
def test_malformed_answer_is_refused(client, attempt, body):
    response = client.post(url("answer", attempt.pk), body, "application/json")

    assert response.status_code == 400


@pytest.mark.parametrize("index", ["0", "00", "-1", "9" * 5000, "²", ""])
def test_form_with_an_impossible_number_is_refused(client, attempt, index):
    assert client.post(url("answer", attempt.pk), {"index": index}).status_code == 400


def test_address_with_an_endless_number_does_not_exist(client, member):
    assert client.post(f"/quizzes/{'9' * 20}/start/").status_code == 404


def test_expired_session_leads_back_to_the_attempt(client, attempt):
    client.logout()
    response = client.post(url("answer", attempt.pk), {"index": 1, "response": "b"})

    assert response["Location"].endswith(f"?next={url('resume', attempt.pk)}")


def test_start_after_a_sign_in_on_the_way_shows_the_quiz(client, member, quiz):
    assert client.get(url("start", quiz.pk))["Location"] == quiz.url


def test_nul_in_an_answer_is_dropped(client, attempt):
    post_json(client, attempt, index=3, response=["三月\x00八日\ud800"])

    attempt.refresh_from_db()
    assert attempt.answers["q2"]["r"] == ["三月八日"]


def test_answer_after_handing_in_names_the_result(client, attempt):
    submit_attempt(attempt_id=attempt.pk, member=attempt.member, now=timezone.now())
    reply = post_json(client, attempt).json()

    assert (reply["saved"], reply["result_url"]) == (False, url("result", attempt.pk))


def test_hand_in_twice_shows_the_same_result(client, attempt):
    first = client.post(url("submit", attempt.pk))
    second = client.post(url("submit", attempt.pk))

    assert first["Location"] == second["Location"] == url("result", attempt.pk)


def test_hand_in_by_json_names_the_result(client, attempt):
    reply = client.post(url("submit", attempt.pk), '{"submit": true}', "application/json")

    assert reply.json() == {"result_url": url("result", attempt.pk)}


def test_extra_fields_change_nothing(client, attempt):
    post_json(client, attempt, score_bp=10000, has_passed=True, state="submitted", member=1)

    attempt.refresh_from_db()
    assert (attempt.is_open, attempt.score_bp) == (True, None)


def test_page_begins_at_the_first_gap(client, attempt):
    post_json(client, attempt, index=1)

    assert 'data-first="2"' in client.get(url("resume", attempt.pk)).content.decode()


def test_address_of_one_question_leads_to_its_place_on_the_page(client, attempt):
    response = client.get(url("question", attempt.pk, 2))

    assert response["Location"] == f"{url('resume', attempt.pk)}#q2"


@pytest.mark.parametrize("name", ["resume", "confirm", "result"])
def test_attempt_pages_do_not_exist_for_another_member(client, tree, attempt, name):
    client.force_login(make_committee_member(tree.sibling_village, "黄桂芳"))

    assert client.get(url(name, attempt.pk)).status_code == 404


def test_question_does_not_exist_for_another_member(client, tree, attempt):
    client.force_login(make_committee_member(tree.sibling_village, "黄桂芳"))

    assert client.get(url("question", attempt.pk, 1)).status_code == 404


@pytest.mark.parametrize("name", ["answer", "answers", "submit"])
def test_posts_to_anothers_attempt_do_not_exist(client, tree, attempt, name):
    client.force_login(make_committee_member(tree.sibling_village, "黄桂芳"))
    given = {"index": 1, "response": ["b"], "seq": now_ms()}
    body = json.dumps(given | {"answers": [given]})

    assert client.post(url(name, attempt.pk), body, "application/json").status_code == 404


def test_question_beyond_the_last_does_not_exist(client, attempt):
    assert client.get(url("question", attempt.pk, 4)).status_code == 404


def responses_before_review(client, quiz, attempt):
    """Every page and reply that a member meets until she has handed in."""
    yield client.get(quiz.url)
    yield client.get(url("resume", attempt.pk))
    for number in (1, 2, 3):
        yield post_json(client, attempt, index=number)
    yield post_json(client, attempt, seq=1)
    yield client.get(url("resume", attempt.pk))
    yield client.get(url("confirm", attempt.pk))
    yield client.get(url("result", attempt.pk), follow=True)
    yield client.get(url("index"))


def test_no_key_and_no_explanation_before_the_hand_in(client, quiz, attempt):
    texts = [r.content.decode() for r in responses_before_review(client, quiz, attempt)]

    assert [text for text in texts if KEY in text or "解析" in text] == []


def test_attempt_pages_are_never_cached(client, attempt):
    response = client.get(url("resume", attempt.pk))

    assert "no-store" in response["Cache-Control"]
