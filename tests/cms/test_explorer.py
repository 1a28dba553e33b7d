"""The admin's lists of a column's pages: as many queries for 30 pages of 30 owners as for one."""

import pytest
from django.urls import reverse

from tests.columns import make_article, make_audio_column, make_column, make_episode
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_member, make_village

pytestmark = pytest.mark.django_db

LISTS = ["wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_choose_page_child"]


@pytest.fixture
def column(home):
    return make_column(home)


@pytest.fixture
def editor(client, home, column, tree):
    editor = make_editor(home, tree.city)
    client.force_login(editor)
    return editor


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["", "?q=文章"])
def test_queries_do_not_grow(client, home, column, editor, tree, name, query):
    if query and name == "wagtailadmin_choose_page_child":
        name = "wagtailadmin_choose_page_search"
    other = make_column(home)
    make_article(column, federation=tree.town)
    for number in range(12):
        village = make_village(tree.town, f"村{number}", f"4414031011{number:02d}")
        make_article(other, federation=village)

    few, many = (
        count_queries(client, reverse(name, args=[each.pk] if "search" not in name else []), query)
        for each in (column, other)
    )

    assert few == many


def shown(client, column, query=""):
    response = client.get(reverse("wagtailadmin_explore", args=[column.pk]) + query)
    return [page.title for page in response.context["object_list"]]


def test_news_are_not_dragged(client, column, editor):
    """All of them would stand on one page."""
    for _ in range(26):
        make_article(column)

    assert len(shown(client, column, "?ordering=ord")) == 25


def test_episodes_are_dragged(client, home, column, editor, tree):
    audio = make_audio_column(home, federation=tree.city)
    for number in range(26):
        make_episode(audio, title=f"第{number}集")

    assert shown(client, audio) == [f"第{number}集" for number in range(26)]


def test_status_filter(client, column, editor, tree):
    make_article(column, title="已发布")
    make_article(column, title="草稿", live=False, federation=tree.city)

    assert shown(client, column, "?live=true") == ["已发布"]
    assert shown(client, column, "?live=false") == ["草稿"]


def test_order_by_title(client, column, editor):
    make_article(column, title="b")
    make_article(column, title="a")

    assert shown(client, column, "?ordering=title") == ["a", "b"]


def test_search_names_no_kind_that_it_does_not_know(client, column):
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))
    page = client.get(reverse("wagtailadmin_pages:search"), {"q": column.title})

    assert "第 1–1 个，共 1 个\n" in page.content.decode()
