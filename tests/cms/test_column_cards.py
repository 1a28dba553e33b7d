"""Columns on the home page and in the list of all."""

import pytest
from wagtail.models import Page, PageViewRestriction

from courses.models import CourseIndexPage
from tests.columns import (
    column_index,
    make_article,
    make_audio_column,
    make_column,
    make_column_lesson,
    make_episode,
)
from tests.counting import count_queries
from tests.factories import make_member


@pytest.fixture
def public(home):
    return home.add_child(instance=CourseIndexPage(title="公开课", slug="courses"))


def make_21(home):
    return [make_column(home, title=f"第{number}栏") for number in range(1, 22)]


def test_home_shows_the_first_six_of_21_and_the_way_to_all(client, home):
    make_21(home)

    response = client.get("/")

    shown = [card.title for card in response.context["columns"]]
    assert shown == ["第1栏", "第2栏", "第3栏", "第4栏", "第5栏", "第6栏"]
    assert "全部 21 个" in response.content.decode()


def test_list_shows_all_21(client, home):
    made = make_21(home)

    columns = client.get(column_index(home).url).context["columns"]

    assert [card.title for card in columns] == [column.title for column in made]


def test_dragging_in_the_admin_is_the_readers_order(client, home):
    make_21(home)
    last = Page.objects.get(title="第21栏")

    last.move(Page.objects.get(title="第1栏"), pos="left")

    assert client.get("/").context["columns"][0].title == "第21栏"


def counts(client):
    return {card.title: card.counts_text for card in client.get("/").context["columns"]}


def test_counts_say_lessons_articles_and_episodes(client, home, public):
    column = make_column(home, title="栏目")
    make_article(column)
    make_article(column)
    make_column_lesson(public, column)
    make_episode(make_audio_column(home, title="听书"))
    make_column(home, title="空栏目")

    assert counts(client) == {"栏目": "1 课 · 2 篇", "听书": "1 集", "空栏目": ""}


def test_counts_leave_out_drafts_and_the_academy(client, home, academy):
    column = make_column(home, title="栏目")
    make_column_lesson(academy, column)
    make_article(column, live=False)

    assert counts(client) == {"栏目": ""}


def close(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_what_asks_for_a_sign_in_is_not_counted_for_visitors(client, home):
    column = make_column(home, title="栏目")
    make_article(column)
    close(make_article(column))

    visitors = counts(client)
    client.force_login(make_member())
    assert (visitors, counts(client)) == ({"栏目": "1 篇"}, {"栏目": "2 篇"})


def test_column_that_asks_for_a_sign_in_is_not_named_to_visitors(client, home):
    make_column(home, title="栏目")
    closed = make_column(home, title="内部栏目")
    close(closed)

    visitors = [list(counts(client)), client.get("/").context["column_count"]]
    client.force_login(make_member())
    assert (visitors, list(counts(client))) == ([["栏目"], 1], ["栏目", "内部栏目"])


def test_news_that_ask_for_a_sign_in_are_not_told_visitors(client, home):
    column = make_column(home)
    make_article(column, title="公开")
    close(make_article(column, title="内部"))

    def news():
        return [card.title for card in client.get("/").context["news"]]

    visitors = news()
    client.force_login(make_member())
    assert (visitors, news()) == (["公开"], ["内部", "公开"])


def test_lesson_does_not_name_a_column_that_is_a_draft(client, home, public):
    draft = make_column(home, live=False)
    make_column_lesson(public, draft)

    assert [card.tags for card in client.get("/").context["new_lessons"]] == [[]]


def test_news_do_not_name_a_column_that_was_taken_down(client, home):
    make_article(make_column(home, live=False))

    assert [card.column for card in client.get("/").context["news"]] == [""]


def test_episodes_leave_room_for_new_lessons(client, home, public):
    make_column_lesson(public, None, title="课程的微课")
    audio = make_audio_column(home)
    for _ in range(5):
        make_episode(audio)

    shown = client.get("/").context["new_lessons"]

    assert [card.title for card in shown] == ["课程的微课"]


@pytest.mark.parametrize("page", ["home", "list"])
def test_queries_do_not_grow(client, home, public, page):
    def add():
        column = make_column(home)
        make_article(column)
        make_column_lesson(public, column)
        make_episode(make_audio_column(home))

    add()
    url = "/" if page == "home" else column_index(home).url
    before = count_queries(client, url)
    for _ in range(10):
        add()

    assert count_queries(client, url) == before
