"""Searches without results: what is kept, how long, and who works with it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from cms.domain import search_misses
from cms.domain.search_misses import KEPT_DAYS, prune_misses, record_miss
from cms.models import SearchMiss
from federations.models import StaffRoleType
from tests.editors import make_editor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 8, tzinfo=UTC)


def record(text, now=NOW):
    record_miss(text=text, now=now)


def kept() -> list[tuple[str, int]]:
    return list(SearchMiss.objects.order_by("text").values_list("text", "count"))


def test_same_query_counts_once_however_it_is_written():
    for text in ("ＡＢＣ  减肥", "abc 减肥 ", "Abc 减肥"):
        record(text)

    assert kept() == [("abc 减肥", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "陈秀英 138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "44010319800101123X",
        "020-8888 1234",
        "someone@example.com",
        "妇",
        "",
    ],
)
def test_what_may_be_a_persons_is_not_kept(text):
    record(text)

    assert kept() == []


@pytest.mark.parametrize("text", ["12338", "2026年计划", "反家暴法 23条"])
def test_short_numbers_are_kept(text):
    record(text)

    assert kept() == [(text, 1)]


def test_what_is_looked_for_again_is_not_done():
    record("减肥")
    SearchMiss.objects.update(is_done=True)
    record("减肥")

    assert SearchMiss.objects.get().is_done is False


def test_list_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(search_misses, "MOST_KEPT", 2)
    for text in ("甲乙", "丙丁", "戊己"):
        record(text)

    assert kept() == [("丙丁", 1), ("甲乙", 1)]


def test_old_ones_go():
    record("旧的", NOW - timedelta(days=KEPT_DAYS, seconds=1))
    record("新的", NOW - timedelta(days=KEPT_DAYS))

    assert prune_misses(now=NOW) == 1
    assert kept() == [("新的", 1)]


@pytest.fixture
def miss(db):
    return SearchMiss.objects.create(text="减肥", last_at=NOW)


def open_as(client, home, federation, role=StaffRoleType.EDITOR):
    client.force_login(make_editor(home, federation, role))


def statuses(client, miss) -> list[int]:
    urls = [reverse("searchmiss:index")]
    urls += [reverse(f"searchmiss:{name}", args=[miss.pk]) for name in ("edit", "delete")]
    return [client.get(url).status_code for url in urls]


def test_editor_of_the_province_reads_changes_and_deletes(client, home, tree, miss):
    open_as(client, home, tree.province)

    assert statuses(client, miss) == [200, 200, 200]


def test_editor_of_a_village_reads(client, home, tree, miss):
    open_as(client, home, tree.village)

    assert statuses(client, miss) == [200, 302, 302]


def test_manager_sees_none_of_it(client, home, tree, miss):
    open_as(client, home, tree.province, StaffRoleType.MANAGER)

    assert statuses(client, miss) == [302, 302, 302]


def test_nobody_adds_one(client, home, tree):
    open_as(client, home, tree.province)

    assert client.get(reverse("searchmiss:add")).status_code == 302


def test_done_is_kept(client, home, tree, miss):
    open_as(client, home, tree.province)
    client.post(reverse("searchmiss:edit", args=[miss.pk]), {"is_done": "on"})

    miss.refresh_from_db()
    assert miss.is_done is True


def test_deleted_is_gone(client, home, tree, miss):
    open_as(client, home, tree.province)
    client.post(reverse("searchmiss:delete", args=[miss.pk]))

    assert kept() == []


def test_list_is_searched_and_filtered(client, home, tree, miss):
    SearchMiss.objects.create(text="做饭", last_at=NOW, is_done=True)
    open_as(client, home, tree.province)
    shown = client.get(reverse("searchmiss:index"), {"q": "减"}).context["object_list"]
    undone = client.get(reverse("searchmiss:index"), {"is_done": "false"}).context["object_list"]

    assert [each.text for each in shown] == ["减肥"]
    assert [each.text for each in undone] == ["减肥"]
