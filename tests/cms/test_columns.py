"""A themed column lists articles, links, lessons and quizzes together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.columns import PER_PAGE
from cms.models import AllowedDomain
from courses.models import CourseIndexPage
from tests.columns import make_article, make_column, make_column_lesson, make_link
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member
from tests.library import load_articles
from tests.pages import make_quiz_page


@pytest.fixture
def column(home):
    return make_column(home, title="维权普法", summary="学法用法，守护家庭")


@pytest.fixture
def public(home):
    return home.add_child(instance=CourseIndexPage(title="公开课", slug="courses"))


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


def titles(client, column, query=""):
    items = client.get(column.url + query).context["items"]
    return [item.facts.title for item in items]


def make_quiz(academy, column, **fields):
    return make_quiz_page(academy, column=column, first_published_at=timezone.now(), **fields)


def test_column_lists_all_kinds_newest_first(client, column, academy, public, member):
    make_article(column, title="文章")
    make_link(column, title="链接")
    make_column_lesson(public, column, title="微课")
    make_quiz(academy, column, title="测验")

    assert titles(client, column) == ["测验", "微课", "链接", "文章"]


def test_column_shows_its_description(client, column):
    assert "学法用法，守护家庭" in client.get(column.url).content.decode()


def test_tabs_name_the_kinds_that_are_there(client, column, public):
    make_article(column)
    make_article(column)
    make_column_lesson(public, column)

    tabs = client.get(column.url).context["tabs"]

    assert [(str(tab.label), tab.count) for tab in tabs] == [("文章", 2), ("微课", 1)]


def test_kind_is_chosen_by_the_address(client, column, public):
    make_article(column, title="文章")
    make_column_lesson(public, column, title="微课")

    assert titles(client, column, "?kind=lessons") == ["微课"]


@pytest.mark.parametrize("kind", ["", "quizzes", "no-such", "<script>"])
def test_kind_that_is_not_there_shows_all(client, column, public, kind):
    make_article(column, title="文章")
    make_column_lesson(public, column, title="微课")

    assert titles(client, column, f"?kind={kind}") == ["微课", "文章"]


def test_other_columns_and_drafts_are_left_out(client, home, column):
    make_article(make_column(home), title="别的栏目")
    make_article(column, title="草稿", live=False)
    make_article(column, title="文章")

    assert titles(client, column) == ["文章"]


@pytest.mark.parametrize(
    ("who", "expected"), [("visitor", 0), ("outsider", 0), ("committee member", 2)]
)
def test_academy_is_listed_for_committee_members_only(client, column, academy, tree, who, expected):
    make_column_lesson(academy, column)
    make_quiz(academy, column)
    if who != "visitor":
        made = make_member() if who == "outsider" else make_committee_member(tree.village)
        client.force_login(made)

    context = client.get(column.url).context

    assert (len(context["items"]), context["total"], len(context["tabs"])) == (
        expected,
        expected,
        expected,
    )


@pytest.mark.parametrize(("is_member", "expected"), [(False, []), (True, ["链接"])])
def test_link_into_the_academy_is_for_its_members(
    client, column, academy, tree, is_member, expected
):
    make_link(column, title="链接", target=academy)
    if is_member:
        client.force_login(make_committee_member(tree.village))

    assert titles(client, column) == expected


def test_page_kept_from_visitors_is_left_out(client, column):
    article = make_article(column)
    PageViewRestriction.objects.create(page=article, restriction_type="login")

    assert titles(client, column) == []


def test_link_to_a_closed_page_is_for_those_who_may_open_it(client, column):
    closed = make_article(column, title="内部")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    make_link(column, title="链接", target=closed)

    def shown():
        return [item.facts.title for item in client.get(column.url).context["items"]]

    visitors = shown()
    client.force_login(make_member())
    assert (visitors, shown()) == ([], ["链接", "内部"])


def test_link_goes_with_its_domain(client, column):
    make_link(column)
    AllowedDomain.objects.all().delete()

    assert titles(client, column) == []


def test_link_to_a_page_goes_with_the_page(client, column):
    article = make_article(column, title="文章")
    make_link(column, title="链接", target=article)
    article.unpublish()

    assert titles(client, column) == []


def test_link_leads_where_it_says(client, column):
    link = make_link(column)

    assert client.get(column.url).context["items"][0].facts.url == "https://www.gd.gov.cn/a"
    assert client.get(link.url)["Location"] == "https://www.gd.gov.cn/a"


def test_links_own_address_closes_with_its_domain(client, column):
    link = make_link(column)
    AllowedDomain.objects.all().delete()

    assert client.get(link.url).status_code == 404


def pages_of(client, column, query):
    shown = client.get(column.url + query).context["page_obj"]
    return shown.number, len(shown.object_list)


@pytest.fixture
def long_column(column):
    for _ in range(PER_PAGE + 3):
        make_article(column)
    return column


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", (1, PER_PAGE)),
        ("?p=2", (2, 3)),
        ("?p=99", (2, 3)),
        ("?p=0", (2, 3)),
        ("?p=-1", (2, 3)),
        ("?p=x", (1, PER_PAGE)),
        ("?p=" + "9" * 5000, (1, PER_PAGE)),
        ("?kind=articles&p=2", (2, 3)),
    ],
)
def test_paging_takes_any_number(client, long_column, query, expected):
    assert pages_of(client, long_column, query) == expected


def test_pages_hold_everything_once(client, long_column):
    both = titles(client, long_column) + titles(client, long_column, "?p=2")

    assert len(set(both)) == len(both) == PER_PAGE + 3


def test_links_to_other_pages_keep_the_kind(client, long_column, public):
    make_column_lesson(public, long_column)

    html = client.get(f"{long_column.url}?kind=articles").content.decode()

    assert 'href="?kind=articles&amp;p=2"' in html


def fill(column, public, academy, count):
    for _ in range(count):
        make_article(column)
        make_link(column)
        make_column_lesson(public, column)
        make_quiz(academy, column)


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_queries_do_not_grow(client, home, public, academy, tree, who):
    if who == "member":
        client.force_login(make_committee_member(tree.village))
    few, many = make_column(home), make_column(home)
    fill(few, public, academy, 1)
    fill(many, public, academy, 8)

    assert count_queries(client, few.url) == count_queries(client, many.url)


def test_visitor_reads_a_page_of_news_in_ten_queries(client, home, column):
    make_article(column)
    client.get(column.url)

    with CaptureQueriesContext(connection) as captured:
        client.get(column.url)

    assert len(captured) < 10


def test_every_page_of_a_large_column_is_reached(client, home):
    column = max(load_articles(count=300), key=lambda each: each.numchild)
    pages = -(-column.numchild // PER_PAGE)

    found = [title for p in range(1, pages + 1) for title in urls(client, column, p)]

    assert len(set(found)) == len(found) == column.numchild


def urls(client, column, number):
    items = client.get(f"{column.url}?p={number}").context["items"]
    return [item.facts.url for item in items]
