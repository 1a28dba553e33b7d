import re
from datetime import UTC, datetime

import pytest
from wagtail.models import PageViewRestriction

from cms import sitemap
from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from tests.counting import count_queries
from tests.factories import make_committee_member
from tests.pages import make_course

LOC = re.compile(r"<loc>([^<]+)</loc>")
BASE = "https://xuetang.example.org"


@pytest.fixture(autouse=True)
def address(settings):
    settings.WAGTAILADMIN_BASE_URL = BASE


@pytest.fixture
def column(home) -> ColumnPage:
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(instance=ColumnPage(title="维权普法", slug="law"))


def add_article(column, slug, **fields) -> ArticlePage:
    return column.add_child(instance=ArticlePage(title=slug, slug=slug, **fields))


def addresses(client, url) -> list[str]:
    return [each.removeprefix(BASE) for each in LOC.findall(client.get(url).content.decode())]


def test_part_has_what_a_visitor_may_open(client, column, academy):
    make_course(academy)
    add_article(column, "open")
    add_article(column, "draft", live=False)
    closed = add_article(column, "closed")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")

    assert addresses(client, "/sitemap-1.xml") == [
        "/",
        "/columns/",
        "/columns/law/",
        "/columns/law/open/",
    ]


def test_addresses_are_written_as_a_browser_asks_for_them(client, column):
    page = add_article(column, "保护令")

    assert addresses(client, "/sitemap-1.xml")[-1] == page.url


def test_member_sees_no_more_than_a_visitor(client, academy, tree):
    make_course(academy)
    client.force_login(make_committee_member(tree.village))

    assert addresses(client, "/sitemap-1.xml") == ["/"]


def test_page_that_leads_elsewhere_is_left_out(client, column, monkeypatch):
    monkeypatch.setattr(ColumnPage, "is_in_sitemap", False)

    assert addresses(client, "/sitemap-1.xml") == ["/", "/columns/"]


def test_entry_says_when_the_page_changed(client, column):
    add_article(column, "a", last_published_at=datetime(2026, 11, 28, 4, tzinfo=UTC))

    assert (
        "<lastmod>2026-11-28T12:00:00+08:00</lastmod>"
        in client.get("/sitemap-1.xml").content.decode()
    )


def test_index_names_every_part(client, column, monkeypatch):
    monkeypatch.setattr(sitemap, "PAGES_IN_A_PART", 2)
    parts = addresses(client, "/sitemap.xml")

    assert (parts, [len(addresses(client, part)) for part in parts]) == (
        ["/sitemap-1.xml", "/sitemap-2.xml"],
        [2, 1],
    )


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_no_part_beyond_the_last(client, column, number):
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


@pytest.mark.parametrize("url", ["/sitemap.xml", "/sitemap-1.xml"])
def test_queries_do_not_grow(client, column, url):
    add_article(column, "first")
    few = count_queries(client, url)
    for number in range(29):
        add_article(column, f"a{number}")

    assert (few <= 5, count_queries(client, url)) == (True, few)


def test_robots_are_told_where_the_sitemap_is(client):
    text = client.get("/robots.txt").content.decode()

    assert text.splitlines()[0] == "User-agent: *"
    assert text.endswith(f"\nSitemap: {BASE}/sitemap.xml\n")
