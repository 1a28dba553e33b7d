import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from members.models import TextSize
from members.text_size import text_size_of

ADDRESS = "/me/text-size/"


def looking(user, **cookies):
    request = RequestFactory().get("/")
    request.user = user
    request.COOKIES = cookies
    return request


def test_visitor_keeps_the_size_on_the_device(client, db):
    response = client.post(ADDRESS, {"size": "xl", "next": "/board/"})

    assert response.url == "/board/"
    assert response.cookies["text_size"].value == "xl"


def test_member_keeps_the_size_for_her_next_device(client, member):
    client.force_login(member)

    client.post(ADDRESS, {"size": "l"})

    member.refresh_from_db()
    assert member.text_size == TextSize.LARGE


def test_unknown_size_means_standard(client, db):
    response = client.post(ADDRESS, {"size": "</script>"})

    assert response.cookies["text_size"].value == ""


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_next_to_anywhere_else_is_ignored(client, db, target):
    assert client.post(ADDRESS, {"size": "l", "next": target}).url == "/"


def test_size_is_not_changed_by_a_link(client, db):
    assert client.get(ADDRESS).status_code == 405


def test_device_goes_before_the_member(member):
    member.text_size = TextSize.EXTRA_LARGE

    assert text_size_of(looking(member, text_size="l")) == "l"


def test_member_goes_before_the_standard(member):
    member.text_size = TextSize.EXTRA_LARGE

    assert text_size_of(looking(member)) == "xl"


def test_forged_cookie_means_standard():
    assert text_size_of(looking(AnonymousUser(), text_size="9rem")) == ""
