"""What is offered while one types."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from cms.models import ColumnIndexPage, ColumnPage
from tests.counting import count_queries
from tests.factories import make_committee_member
from tests.pages import make_course, make_lesson

pytestmark = pytest.mark.django_db
URL = reverse("search_suggestions")


@pytest.fixture
def lesson(home):
    return make_lesson(make_course(home, title="云课堂"), title="荔枝怎样保鲜")


def suggest(client, typed) -> list[tuple[str, str]]:
    found = client.get(URL, {"q": typed}).context["suggestions"]
    return [(each.text, each.url) for each in found]


def texts(client, typed) -> list[str]:
    return [text for text, _url in suggest(client, typed)]


@pytest.mark.parametrize("typed", ["荔枝怎", "lizhiz", "lzzy", "保鲜", "baoxian"])
def test_title_is_offered_and_leads_to_its_page(client, lesson, typed):
    assert (lesson.title, lesson.url) in suggest(client, typed)


def test_word_of_the_field_leads_to_a_search(client, home):
    assert suggest(client, "rsaq") == [
        (
            "人身安全保护令",
            "/search/?q=" + "%E4%BA%BA%E8%BA%AB%E5%AE%89%E5%85%A8%E4%BF%9D%E6%8A%A4%E4%BB%A4",
        )
    ]


@pytest.mark.parametrize("typed", ["", " ", "f", "家" * 81, "\0", "<b>"])
def test_nothing_is_offered_for(client, lesson, typed):
    assert suggest(client, typed) == []


def test_academy_is_offered_to_committee_members_only(client, academy, tree):
    make_lesson(make_course(academy), title="龙眼栽培")
    assert texts(client, "龙眼") == []
    assert texts(client, "longyan") == []

    client.force_login(make_committee_member(tree.village))
    assert texts(client, "龙眼") == ["龙眼栽培", "龙眼栽培"]


def close(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.mark.parametrize("change", [close, lambda page: page.delete()])
def test_title_is_forgotten_at_once(client, lesson, change, django_capture_on_commit_callbacks):
    before = texts(client, "荔枝")
    with django_capture_on_commit_callbacks(execute=True):
        change(lesson)

    assert (before, texts(client, "荔枝")) == ([lesson.title, lesson.title], [])


def test_queries_do_not_grow_with_titles(client, home):
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    index.add_child(instance=ColumnPage(title="巾帼风采", slug="a"))
    one = count_queries(client, "search_suggestions", "?q=巾帼风")
    for number in range(5):
        index.add_child(instance=ColumnPage(title=f"巾帼风{number}", slug=f"b{number}"))

    assert count_queries(client, "search_suggestions", "?q=巾帼风") == one
