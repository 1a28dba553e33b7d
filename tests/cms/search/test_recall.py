"""Thirty queries find what they ought to, on whichever database the tests run."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cms.search.finding import Wish, find
from tests.cms.search.corpus import QUERIES, build, recall, relevant

pytestmark = pytest.mark.django_db
LEAST = 0.95


@pytest.fixture
def texts(home):
    return build(home)


def search(query) -> list[int]:
    findings = find(Wish(query.text), AnonymousUser())
    return [*(lead.page_id for lead in findings.leads), *findings.ids]


def test_every_query_has_something_to_find(texts):
    assert [query.text for query in QUERIES if not relevant(query, texts)] == []
    assert len(QUERIES) == 30


def test_recall_of_the_thirty_queries(texts):
    recalls = {query.text: recall(search(query), relevant(query, texts)) for query in QUERIES}

    assert {text: each for text, each in recalls.items() if each < 1} == {}
    assert sum(recalls.values()) / len(recalls) >= LEAST


def test_literal_hits_hold_what_is_asked(texts):
    """No pair of characters that only happens to stand there brings a page to the top."""
    literal = [query for query in QUERIES if not query.means]
    wrong = {query.text: set(search(query)) - relevant(query, texts) for query in literal}

    assert {text: ids for text, ids in wrong.items() if ids} == {}
