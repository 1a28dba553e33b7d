"""Wagtail's search interface over our terms, and each trap of the library beneath it."""

from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail.search.query import Not, Phrase, PlainText

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from cms.search.backends import common
from tests.cms.search.corpus import as_body

pytestmark = pytest.mark.django_db
numbers = count(1)
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own")
only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own")


@pytest.fixture
def column(home):
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(instance=ColumnPage(title="关爱", slug="care"))


def write(column, title, text="正文", **fields) -> ArticlePage:
    page = ArticlePage(title=title, slug=f"a{next(numbers)}", body=as_body(text), **fields)
    return column.add_child(instance=page)


def search(text, pages=None, **options) -> list[str]:
    pages = Page.objects.all() if pages is None else pages
    return [page.title for page in get_search_backend().search(text, pages, **options)]


def complete(text) -> list[str]:
    return [page.title for page in get_search_backend().autocomplete(text, Page.objects.all())]


def test_word_inside_a_run_is_found(column):
    write(column, "通知", "广东省妇联开展妇女权益保障法宣传")
    write(column, "别的", "天气很好")

    assert search("妇女") == ["通知"]


def test_title_goes_before_text_and_exact_before_scattered(column):
    write(column, "散", "妇女都懂得自己的权益")
    write(column, "文", "妇女权益")
    write(column, "妇女权益")

    assert search("妇女权益") == ["妇女权益", "文", "散"]


def test_filters_of_a_queryset_hold(column):
    write(column, "妇女一", live=False)
    write(column, "妇女二")

    assert search("妇女", Page.objects.live()) == ["妇女二"]
    assert search("妇女", Page.objects.none()) == []


def test_order_of_a_queryset_holds(column):
    for title in ("妇女乙", "妇女甲", "妇女丙"):
        write(column, title)
    pages = Page.objects.order_by("-path")

    assert search("妇女", pages, order_by_relevance=False) == ["妇女丙", "妇女甲", "妇女乙"]


def test_slices_and_counts_agree(column):
    for number in range(5):
        write(column, f"妇女{number}")
    results = get_search_backend().search("妇女", Page.objects.all())

    assert results.count() == 5
    assert [len(results[:2]), len(results[2:4]), len(results[4:])] == [2, 2, 1]


def test_any_of_the_words_may_do(column):
    write(column, "彩礼")
    write(column, "骑手")

    assert sorted(search(PlainText("彩礼 骑手", operator="or"))) == ["彩礼", "骑手"]


def test_compound_queries_use_the_terms(column):
    write(column, "妇女骑手")
    write(column, "妇女之家")

    assert search(PlainText("妇女") & Not(PlainText("骑手"))) == ["妇女之家"]
    assert search(Phrase("妇女之家")) == ["妇女之家"]


@pytest.mark.parametrize("typed", ["妇", "妇女", "女权", "funv", "fnqy", "quanyib", "qybzf"])
def test_titles_are_completed(column, typed):
    write(column, "妇女权益保障法")
    write(column, "别的")

    assert complete(typed) == ["妇女权益保障法"]


def test_tags_are_indexed_at_publishing(column):
    page = write(column, "无题")
    page.tags.add("反家暴")
    page.save_revision().publish()

    assert search("反家暴") == ["无题"]


def test_publishing_makes_findable_and_unpublishing_hides(column):
    page = write(column, "草稿", live=False)
    page.title = "彩礼新规"
    page.save_revision().publish()
    assert search("彩礼新规", Page.objects.live()) == ["彩礼新规"]

    page.refresh_from_db()
    page.unpublish()
    assert search("彩礼新规", Page.objects.live()) == []


def test_deleted_page_leaves_the_index(column):
    page = write(column, "彩礼")
    page.delete()

    assert not IndexEntry.objects.filter(object_id=str(page.pk)).exists()


def test_rebuild_finds_the_same(column):
    write(column, "妇女之家")
    IndexEntry.objects.all().delete()
    call_command("update_index", verbosity=0)

    assert search("妇女之家") == ["妇女之家"]


def test_word_of_most_pages_brings_the_titles_then_the_newest(column, monkeypatch):
    monkeypatch.setattr(common, "RANKED", 2)
    for title, text in [("旧", "妇女"), ("妇女", "题目里有"), ("新", "妇女"), ("更新", "妇女")]:
        write(column, title, text)

    assert search("妇女") == ["妇女", "更新", "新", "旧"]


def test_search_stops_at_enough_hits(column, monkeypatch):
    monkeypatch.setattr(common, "MOST", 3)
    for number in range(5):
        write(column, f"妇女{number}")

    assert len(search("妇女")) == 3


@pytest.mark.parametrize("text", ["妇\0女", "\0", "'", '"', "妇女')--", "{title}: 妇", "& !", "%s"])
def test_signs_in_a_query_do_no_harm(column, text):
    write(column, "别的")

    assert search(text) == []
    assert complete(text) == []


def test_very_long_page_is_indexed(column):
    text = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(150_000))
    write(column, "长文", text)

    assert search(text[:20]) == ["长文"]


def test_saving_does_not_read_all_entries(column):
    """Title norms took a scan of the index at every save."""
    page = write(column, "妇女")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        get_search_backend().add(page)

    assert [each["sql"] for each in captured if "AVG" in each["sql"].upper()] == []


@only_sqlite
def test_rebuild_leaves_statistics_for_sqlite(column):
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'wagtailsearch_indexentry'")
        assert cursor.fetchone()[0] > 0


@only_sqlite
def test_ranking_is_sqlites_own(column):
    write(column, "妇女")
    with CaptureQueriesContext(connection) as captured:
        search("妇女")

    assert any("bm25(" in each["sql"] for each in captured)


@only_postgresql
def test_search_goes_by_the_index_of_both_columns(column):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM wagtailsearch_indexentry"
            " WHERE (title || body) @@ to_tsquery('simple', '妇女')"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "cms_search_title_body" in plan


@only_postgresql
def test_planner_is_kept_from_reading_everything(column):
    with CaptureQueriesContext(connection) as captured:
        search("妇女")

    assert any("enable_seqscan = off" in each["sql"] for each in captured)
