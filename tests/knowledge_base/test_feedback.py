"""有用/没用."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from knowledge_base.domain import feedback as domain
from knowledge_base.models import Feedback
from tests.factories import make_member
from tests.knowledge_base.entries import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(index, category):
    return make_entry(index, category)


@pytest.fixture
def address(entry):
    return reverse("knowledge_base:feedback", args=[entry.pk])


def kept():
    rows = Feedback.objects.order_by("pk")
    return [(row.member_id, bool(row.visitor), row.is_useful, row.words) for row in rows]


def test_visitor_answers_without_signing_in(client, address):
    response = client.post(address, {"useful": "1", "words": " 讲得\n清楚 "})

    assert (response.status_code, response.url) == (302, address)
    assert kept() == [(None, True, True, "讲得 清楚")]


def test_visitor_changes_her_answer(client, address):
    client.post(address, {"useful": "1"})
    client.post(address, {"useful": "0", "words": "太长"})

    assert kept() == [(None, True, False, "太长")]


def test_another_visitor_answers_for_herself(client, address):
    client.post(address, {"useful": "1"})
    Client().post(address, {"useful": "0"})

    assert [useful for _member, _visitor, useful, _words in kept()] == [True, False]


def test_member_has_one_answer_on_all_her_devices(address):
    member = make_member()
    for useful in ("1", "0"):
        device = Client()
        device.force_login(member)
        device.post(address, {"useful": useful})

    assert kept() == [(member.pk, False, False, "")]


def test_what_she_answered_is_shown_again(client, address):
    client.post(address, {"useful": "0", "words": "太长"})
    response = client.get(address)

    assert response.context["feedback"] == {"useful": "0", "words": "太长", "is_kept": True}


def test_opening_the_form_keeps_nothing_and_begins_no_session(client, address):
    response = client.get(address, {"useful": "1"})

    assert (response.context["feedback"]["useful"], kept()) == ("1", [])
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize("useful", ["", "2"])
def test_answer_must_be_one_of_two(client, address, useful):
    response = client.post(address, {"useful": useful, "words": "写好的话"})

    assert response.context["feedback"] == {
        "useful": useful,
        "words": "写好的话",
        "errors": ["请选“有用”或“没用”。"],
    }
    assert kept() == []


def test_too_many_words_are_kept_in_the_form(client, address):
    words = "字" * 201
    response = client.post(address, {"useful": "1", "words": words})

    assert response.context["feedback"]["errors"] == ["留言最多 200 个字，请删短一些。"]
    assert (response.context["feedback"]["words"], kept()) == (words, [])


@pytest.mark.parametrize("number", ["13800138000", "138-0013-8000", "138 0013 8000"])
def test_numbers_of_people_are_not_kept(client, address, number):
    client.post(address, {"useful": "0", "words": f"打给{number}吧，第23条"})

    assert kept()[0][3] == "打给＊＊＊吧，第23条"


def test_htmx_gets_the_fragment_alone(client, address):
    response = client.post(address, {"useful": "1"}, headers={"HX-Request": "true"})

    assert response.templates[0].name == "pages/knowledge_base/_feedback.html"
    assert response.headers["Vary"].split(", ").count("HX-Request") == 1


def test_thirty_answers_an_hour_are_enough(client, address):
    for _ in range(domain.BY_READER.amount):
        client.post(address, {"useful": "1"})
    response = client.post(address, {"useful": "0", "words": "再来"})

    assert response.status_code == 429
    assert response.context["feedback"]["errors"] == ["提交得太频繁了，请过 60 分钟再试。"]
    assert [useful for _member, _visitor, useful, _words in kept()] == [True]


def test_form_of_another_site_is_refused(address):
    assert Client(enforce_csrf_checks=True).post(address, {"useful": "1"}).status_code == 403
    assert kept() == []


def test_entry_that_is_not_hers_to_see_takes_no_answer(client, entry, address):
    PageViewRestriction.objects.create(page=entry, restriction_type="login")

    assert client.post(address, {"useful": "1"}).status_code == 404


def test_page_for_visitors_holds_no_form_of_feedback(client, entry, address):
    """It may be kept and shown to the next one, and a form carries a token."""
    page = client.get(entry.url).content.decode()

    assert (page.count(f'href="{address}?useful='), page.count(f'action="{address}')) == (2, 0)


def test_member_answers_with_one_tap(client, entry):
    client.force_login(make_member())

    assert client.get(entry.url).content.decode().count('name="useful" value="1"') == 1
