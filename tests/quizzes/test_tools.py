"""Favourite, note and report: hers alone, and only for questions that she was shown."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.domain.favourites import set_favourite
from quizzes.domain.notes import NoteTooLong, write_note
from quizzes.domain.reports import report_question
from quizzes.models import Favourite, QuestionNote, QuestionReport
from quizzes.queries_mistakes import question_tools
from quizzes.tool_tokens import Shown, make_token
from tests.counting import count_queries
from tests.factories import make_committee_member
from tests.quizzes.bank import make_bank, make_question

FAVOURITE, NOTE = reverse("quizzes:mark_favourite"), reverse("quizzes:save_note")
REPORT = reverse("quizzes:send_report")
LISTS = [reverse(f"quizzes:{name}") for name in ("favourites", "notes", "reports")]


@pytest.fixture
def member(client, tree, home):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def friend(member, tree):
    return make_committee_member(tree.village, "黄桂芳")


@pytest.fixture
def question(db):
    return make_question(make_bank())


def shown(question) -> Shown:
    return Shown(question.pk, question.current_id)


def send(client, url, member, question, **data):
    """What the form beside the question posts."""
    form = {"token": make_token(member, shown(question)), "next": "/quizzes/", **data}
    return client.post(url, form)


def test_everything_asks_for_a_sign_in(client, db):
    posts = [client.post(url).status_code for url in (FAVOURITE, NOTE, REPORT)]

    assert posts + [client.get(url).status_code for url in LISTS] == [302] * 6


def sign_in_at(client, member, response) -> str:
    """She signs in and goes on to where the sign-in leads; returns where she ends."""
    address = parse_qs(urlsplit(response.url).query)["next"][0]
    client.force_login(member)
    return client.get(address)


def test_note_is_saved_after_the_sign_in_that_it_needed(client, member, question):
    client.logout()
    response = send(client, NOTE, member, question, text="先看安全")
    back = sign_in_at(client, member, response)

    assert QuestionNote.objects.get(member=member).text == "先看安全"
    assert back.url == f"/quizzes/#tools-{question.pk}"


def test_note_of_one_is_not_saved_for_another_who_signs_in(client, member, friend, question):
    client.logout()
    response = send(client, NOTE, member, question, text="先看安全")

    assert sign_in_at(client, friend, response).status_code == 404
    assert not QuestionNote.objects.exists()


def test_kept_note_is_saved_once(client, member, question):
    client.logout()
    sign_in_at(client, member, send(client, NOTE, member, question, text="先看安全"))
    QuestionNote.objects.all().delete()
    client.get(NOTE)

    assert not QuestionNote.objects.exists()


@pytest.mark.parametrize("url", [FAVOURITE, NOTE, REPORT])
def test_address_of_a_form_leads_to_a_page(client, member, url):
    assert client.get(url).url == reverse("quizzes:mistakes")


def test_what_was_done_is_said_beside_the_question(client, member, question):
    send(client, NOTE, member, question, text="先看安全", next=LISTS[1])
    page = client.get(LISTS[1]).content.decode()

    assert page.count("笔记已保存。") == 1
    assert page.index("笔记已保存。") > page.index(f'id="tools-{question.pk}"')


def test_favourite_comes_and_goes(client, member, question):
    send(client, FAVOURITE, member, question, on="1")
    kept = Favourite.objects.filter(member=member, question=question).count()
    send(client, FAVOURITE, member, question, on="0")

    assert (kept, Favourite.objects.count()) == (1, 0)


def test_favourite_pressed_twice_stays_one(client, member, question):
    for _ in range(2):
        send(client, FAVOURITE, member, question, on="1")

    assert Favourite.objects.count() == 1


def test_form_comes_back_to_the_question(client, member, question):
    response = send(client, FAVOURITE, member, question, on="1")

    assert response.url == f"/quizzes/#tools-{question.pk}"


def test_form_never_leads_to_another_site(client, member, question):
    response = send(client, FAVOURITE, member, question, on="1", next="https://example.com/")

    assert response.url == f"/#tools-{question.pk}"


@pytest.mark.parametrize("url", [FAVOURITE, NOTE, REPORT])
def test_question_that_she_was_not_shown_does_not_exist(client, member, friend, question, url):
    hers = client.post(url, {"token": make_token(friend, shown(question)), "on": "1"})
    made_up = client.post(url, {"token": f"{question.pk}", "on": "1"})

    assert (hers.status_code, made_up.status_code) == (404, 404)


def test_note_is_written_changed_and_taken_away(client, member, question):
    texts = []
    for text in ("记住 12338", "记住 12338 和 110", "  "):
        send(client, NOTE, member, question, text=text)
        texts.append(list(QuestionNote.objects.values_list("text", flat=True)))

    assert texts == [["记住 12338"], ["记住 12338 和 110"], []]


def test_note_that_is_too_long_is_kept_on_the_page(client, member, question):
    text = "记" * 501
    response = send(client, NOTE, member, question, text=text)

    assert (response.status_code, QuestionNote.objects.count()) == (422, 0)
    assert "最多 500 个字，现在有 501 个字" in response.content.decode()
    assert text in response.content.decode()


def test_refused_form_never_leads_to_another_site(client, member, question):
    response = send(client, NOTE, member, question, text="记" * 501, next="javascript:alert(1)")

    assert response.context["next"] == "/"


def test_long_note_is_refused_by_the_rule_too(member, question):
    with pytest.raises(NoteTooLong):
        write_note(member=member, question_id=question.pk, text="记" * 501, now=timezone.now())


def test_report_is_left_once_until_it_is_answered(client, member, question):
    send(client, REPORT, member, question, reason="key", text="应该选丙")
    send(client, REPORT, member, question, reason="other", text="再说一次")
    report = QuestionReport.objects.get()

    assert (report.reason, report.text) == ("key", "应该选丙")


def test_report_after_the_reply_is_a_new_one(client, member, question):
    send(client, REPORT, member, question, reason="key")
    QuestionReport.objects.update(reply="已改", replied_at=timezone.now())
    send(client, REPORT, member, question, reason="key")

    assert QuestionReport.objects.count() == 2


def test_report_without_a_reason_keeps_what_she_wrote(client, member, question):
    response = send(client, REPORT, member, question, text="答案不对")

    assert (response.status_code, QuestionReport.objects.count()) == (422, 0)
    assert "请选一项哪里不对" in response.content.decode()
    assert "答案不对" in response.content.decode()


def fill_lists(member, question) -> None:
    now = timezone.now()
    set_favourite(member=member, question_id=question.pk, is_favourite=True, now=now)
    write_note(member=member, question_id=question.pk, text="记住 12338", now=now)
    report_question(member=member, version_id=question.current_id, reason="key", text="错", now=now)


def test_lists_show_her_own(client, member, question):
    fill_lists(member, question)

    assert [question.current.stem in client.get(url).content.decode() for url in LISTS] == [
        True
    ] * 3


def test_lists_show_nobody_else_s(client, friend, question):
    fill_lists(friend, question)
    pages = [client.get(url).content.decode() for url in LISTS]

    assert [question.current.stem in page for page in pages] == [False] * 3
    assert ["还没有" in page for page in pages] == [True] * 3


def test_lists_tell_nothing_of_the_key(client, member, question):
    fill_lists(member, question)
    pages = "".join(client.get(url).content.decode() for url in LISTS)

    assert question.current.explanation not in pages
    assert "正确答案" not in pages


def test_notes_are_found_by_their_words_and_the_question_s(client, member, question):
    other = make_question(question.bank, stem="谁可以申请保护令？")
    fill_lists(member, question)
    write_note(member=member, question_id=other.pk, text="本人或近亲属", now=timezone.now())

    def found(wanted):
        items = client.get(LISTS[1], {"q": wanted}).context["items"]
        return [item["stem"] for item in items]

    assert found("12338") == [question.current.stem]
    assert found("保护令") == [other.current.stem]
    assert found("没有这个词") == []


def test_reply_is_shown_on_her_list(client, member, question):
    fill_lists(member, question)
    QuestionReport.objects.update(reply="谢谢，已经改正。", replied_at=timezone.now())

    assert "谢谢，已经改正。" in client.get(LISTS[2]).content.decode()


@pytest.mark.parametrize("url", LISTS)
def test_lists_take_the_same_queries_for_one_and_for_many(client, member, question, url):
    fill_lists(member, question)
    one = count_queries(client, url)
    for _ in range(18):
        fill_lists(member, make_question(question.bank))

    assert count_queries(client, url) == one


def test_tools_of_many_questions_take_two_queries(member, question, django_assert_num_queries):
    fill_lists(member, question)
    others = [make_question(question.bank).current for _ in range(5)]
    with django_assert_num_queries(2):
        tools = question_tools(member, [question.current, *others])

    assert tools[question.current_id]["is_favourite"]
    assert tools[question.current_id]["note"] == "记住 12338"
    assert not tools[others[0].pk]["is_favourite"]
