"""Row: CSRF on every unsafe method. Every address that there is, as the resolver knows them."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from rest_framework.authentication import SessionAuthentication

from tests.config.scope.addresses import all_views
from tests.factories import make_member

# The mini-program proves itself by a code of WeChat's, once (members/wechat_mini_views.py).
COOKIELESS = {"wechat_mini_session", "wechat_mini_phone"}
UNSAFE = ["POST", "PUT", "PATCH", "DELETE"]
FILLINGS = [1, "x", UUID(int=1), "a.pdf", "drafts", "video"]


def patterns(of):
    for each in of:
        if isinstance(each, URLPattern):
            yield each
        else:
            yield from patterns(each.url_patterns)


def address(name: str, arguments: tuple[str, ...]) -> str:
    for value in FILLINGS:
        for given in ({"kwargs": dict.fromkeys(arguments, value)}, {"args": [value, "x.pdf"]}):
            try:
                return reverse(name, **given)
            except NoReverseMatch:
                continue
    return reverse(name, args=["columns/"])


def test_views_that_django_does_not_check_need_no_check():
    """The admin's API is REST framework's, whose sessions ask for the token; the others take no
    cookie into account."""
    exempt = {
        each.name: each.callback
        for each in patterns(get_resolver().url_patterns)
        if getattr(each.callback, "csrf_exempt", False) and each.name not in COOKIELESS
    }

    kinds = {kind for each in exempt.values() for kind in each.cls.authentication_classes}
    assert kinds == {SessionAuthentication}


@pytest.mark.django_db
def test_every_unsafe_request_without_the_token_is_refused(home):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(make_member(is_staff=True, is_superuser=True))
    views = [view for view in all_views() if view[0] not in COOKIELESS]
    tried = [(address(*view), method) for view in views for method in UNSAFE]
    answers = {each: client.generic(each[1], each[0]).status_code for each in tried}

    assert {each: status for each, status in answers.items() if status != 403} == {}
    assert len(answers) > 2000


@pytest.mark.django_db
def test_token_of_another_site_is_refused_in_words(home):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member())
    response = client.post(
        reverse("members:text_size"),
        {"size": "xl", "csrfmiddlewaretoken": "a" * 64},
        headers={"Origin": "https://evil.example"},
    )

    assert (response.status_code, "请再试一次" in response.content.decode()) == (403, True)
