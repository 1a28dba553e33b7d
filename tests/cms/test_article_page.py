import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage

NOON = datetime(2026, 11, 28, 4, tzinfo=UTC)


@pytest.fixture
def index(home) -> ColumnIndexPage:
    return home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))


@pytest.fixture
def column(index) -> ColumnPage:
    return index.add_child(instance=ColumnPage(title="维权普法", slug="law"))


def add_article(column, slug, *, hours=0, tags=(), **fields) -> ArticlePage:
    moment = NOON + timedelta(hours=hours)
    page = ArticlePage(title=slug, slug=slug, first_published_at=moment, **fields)
    column.add_child(instance=page)
    page.tags.set(tags)
    page.save()
    return page


def context(page) -> dict:
    return Client().get(page.url).context


def titles(page, name) -> list[str]:
    return [each.title for each in context(page)[name]]


def test_neighbours_are_those_of_the_columns_list(index, column):
    other = index.add_child(instance=ColumnPage(title="家庭", slug="family"))
    middle = add_article(column, "middle", hours=2)
    for slug, hours in (("oldest", 0), ("older", 1), ("newer", 3), ("newest", 4)):
        add_article(column, slug, hours=hours)
    add_article(other, "elsewhere", hours=2)
    shown = context(middle)

    assert (shown["older"].title, shown["newer"].title) == ("older", "newer")


def test_articles_of_one_moment_are_told_apart(column):
    first, second, third = (add_article(column, slug) for slug in ("a", "b", "c"))
    shown = context(second)

    assert (shown["older"].url, shown["newer"].url) == (first.url, third.url)


@pytest.mark.parametrize("hours", [-1, 1])
def test_neighbour_that_she_may_not_open_is_passed_over(column, hours):
    page = add_article(column, "page")
    closed = add_article(column, "closed", hours=hours)
    add_article(column, "draft", hours=hours, live=False)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    shown = context(page)

    assert (shown["older"], shown["newer"]) == (None, None)


def test_related_share_a_tag_before_they_share_the_column(index, column):
    other = index.add_child(instance=ColumnPage(title="家庭", slug="family"))
    page = add_article(column, "page", tags=["维权", "普法"])
    add_article(other, "tagged", tags=["维权", "普法"], hours=-9)
    add_article(column, "sibling", hours=1)
    add_article(column, "old-sibling", hours=-1)
    add_article(column, "older-sibling", hours=-2)

    assert titles(page, "related") == ["tagged", "sibling", "old-sibling"]


def test_tags_lead_to_the_search(column):
    page = add_article(column, "page", tags=["妇女 权益&法"])

    assert 'href="/search/?tag=%E5%A6%87%E5%A5%B3+%E6%9D%83%E7%9B%8A%26%E6%B3%95"' in (
        Client().get(page.url).content.decode()
    )


@pytest.mark.parametrize(("characters", "text"), [(399, "约 1 分钟"), (1201, "约 4 分钟")])
def test_reading_time_is_shown(column, characters, text):
    page = add_article(column, "page", body=[("paragraph", f"<p>{'字' * characters}</p>")])

    assert re.findall(r"约 \d+ 分钟", Client().get(page.url).content.decode()) == [text]


def test_column_that_was_taken_down_is_not_named(column):
    page = add_article(column, "page")
    column.unpublish()

    assert "维权普法" not in Client().get(page.url).content.decode()
