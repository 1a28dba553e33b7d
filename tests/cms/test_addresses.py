import pytest
from django.http import QueryDict
from django.test import RequestFactory

from cms.addresses import absolute, canonical_address, content_query, own_address, own_query


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("p=2", "p=2"),
        ("p=1", ""),
        ("p=2&category=family&from=timeline", "category=family&p=2"),
        ("by=audio&t=20", ""),
        ("utm_source=x&other=1", ""),
    ],
)
def test_another_content_has_another_canonical_address(query, kept):
    assert content_query(QueryDict(query)) == kept


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("t=20&by=audio", "t=20&by=audio"),
        ("from=singlemessage&isappinstalled=0&p=2", "p=2"),
        ("utm_campaign=x&spm=1", ""),
        ("other=1", None),
        ("p=" + "9" * 101, None),
    ],
)
def test_own_query_is_known_or_none(query, kept):
    assert own_query(QueryDict(query)) == kept


@pytest.mark.parametrize(
    ("url", "own"), [("/a/?from=timeline", "/a/"), ("/a/?p=2", "/a/?p=2"), ("/a/?x=1", "/a/?x=1")]
)
def test_way_back_is_the_page_as_it_is_shown(url, own):
    assert own_address(RequestFactory().get(url)) == own


def test_canonical_address_is_full(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://xuetang.example.org/"
    request = RequestFactory().get("/columns/law/?from=timeline&p=3")

    assert canonical_address(request) == "https://xuetang.example.org/columns/law/?p=3"


def test_full_address_stays(settings):
    assert absolute("https://media.example.org/a.jpg") == "https://media.example.org/a.jpg"
