"""Whole levels in one list: ranks over all pages, the own unit in sight, names to be found."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from federations.models import Level
from learning.boards import SORTS, Board
from learning.boards.lineup import MAX_FOUND, PER_PAGE, lineup_of
from tests.factories import make_committee_member, make_village
from tests.learning.boards import make_past_period, make_period, stand


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def period(tree):
    return make_period(tree)


@pytest.fixture
def hers(client, tree):
    client.force_login(make_committee_member(tree.village))
    return client


def read(client, **query):
    return client.get(reverse("learning:board"), query)


def board_of(period, tree, **fields):
    facts = {"federation": tree.province, "view": "subtree", "sort": SORTS["completed"]}
    return Board(plan=period, **facts | fields)


def fill_villages(tree, period, count):
    """So many villages in another town, each better than the one before."""
    for number in range(count):
        village = make_village(tree.other_town, f"新村{number}", f"4401030011{number:02d}")
        stand(period, village, due=100, completed=number + 1)


def test_level_ranks_units_of_different_parents(tree, period):
    stand(period, tree.village, completed=5)
    stand(period, tree.sibling_village, completed=9)
    stand(period, tree.other_village, completed=5)
    rows = board_of(period, tree, level=Level.VILLAGE).rows

    assert [(row.federation.name, row.rank) for row in rows] == [
        ("小黄村", 1),
        ("大黄村", 2),
        ("翠洲社区", 2),
    ]


def test_towns_without_a_county_stand_among_the_towns(tree, period):
    stand(period, tree.dongguan_town, completed=9)
    stand(period, tree.town, completed=5)
    rows = board_of(period, tree, level=Level.TOWN).rows

    assert [row.federation.name for row in rows] == ["石碣镇", "松口镇"]


def test_page_of_a_level_says_the_same_as_the_whole_list(hers, tree, period):
    fill_villages(tree, period, PER_PAGE + 5)
    stand(period, tree.village, due=9, completed=9)
    board = board_of(period, tree, level=Level.VILLAGE)
    shown = []
    for number in (1, 2):
        context = read(hers, plan=period.pk, level=5, p=number).context
        shown += [(row["name"], row["rank"]) for row in context["rows"]]
    small = [row["name"] for row in context["small_rows"]]

    assert shown == [(row.federation.name, row.rank) for row in board.rows]
    assert small == [row.federation.name for row in board.small_rows]


def test_own_unit_stands_below_another_page_with_its_rank(hers, tree, period):
    fill_villages(tree, period, PER_PAGE)
    stand(period, tree.village, due=1000, completed=1)
    pinned = read(hers, plan=period.pk, level=5).context["pinned"]
    own_page = hers.get(pinned[0]["page_url"]).context["rows"]

    assert [(row["name"], row["rank"], row["is_mine"]) for row in pinned] == [("大黄村", 51, True)]
    assert [row["name"] for row in own_page if row["is_mine"]] == ["大黄村"]


def test_lineup_follows_the_standings(tree, period):
    stand(period, tree.province, due=20, completed=5)
    stand(period, tree.village, completed=5)
    first = lineup_of(board_of(period, tree, level=Level.VILLAGE))
    stand(period, tree.sibling_village, completed=9)
    stand(period, tree.province, due=20, completed=14)
    second = lineup_of(board_of(period, tree, level=Level.VILLAGE))

    assert (list(first.falling), list(second.falling)) == ([500], [900, 500])


def test_unit_is_found_by_a_part_of_its_name(hers, tree, period):
    fill_villages(tree, period, 30)
    stand(period, tree.village, completed=10)
    context = read(hers, plan=period.pk, level=5, q="大黄").context

    assert [(row["name"], row["rank"], row["above"]) for row in context["rows"]] == [
        ("大黄村", 1, "梅州市 · 梅县区 · 松口镇")
    ]


@pytest.mark.parametrize(("count", "most"), [(MAX_FOUND, None), (MAX_FOUND + 1, MAX_FOUND)])
def test_too_many_of_a_name_are_said_to_be_cut(hers, tree, period, count, most):
    fill_villages(tree, period, count)
    response = read(hers, plan=period.pk, level=5, q="新村")

    assert (len(response.context["rows"]), response.context["most_found"]) == (MAX_FOUND, most)
    assert ("只列出 50 个" in response.content.decode()) == bool(most)


def test_name_that_is_nowhere_is_said_so(hers, tree, period):
    stand(period, tree.village, completed=10)

    assert (
        "没有名称里带“火星”的单位" in read(hers, plan=period.pk, level=5, q="火星").content.decode()
    )


@pytest.mark.parametrize("level", ["1", "9", "x", "-2", ""])
def test_level_that_is_none_shows_the_units_below(hers, tree, period, level):
    levels = read(hers, plan=period.pk, level=level).context["levels"]

    assert [item["label"] for item in levels if item["current"]] == ["下一级"]


def test_most_improved_against_the_period_before(hers, tree):
    before = make_past_period(tree)
    period = make_period(tree, previous=before)
    for village, was, now in ((tree.village, 9, 9), (tree.sibling_village, 2, 6)):
        stand(before, village, completed=was)
        stand(period, village, completed=now)
    query = {"plan": period.pk, "federation": tree.town.pk, "by": "gain"}
    below = read(hers, **query).context["rows"]
    level = read(hers, **query, level=5).context["rows"]

    expected = [("小黄村", 1, "↑ 40 个百分点"), ("大黄村", 2, "持平")]
    for rows in (below, level):
        assert [(row["name"], row["rank"], row["change"]["text"]) for row in rows] == expected


def test_gain_needs_a_plan_before(hers, tree, period):
    context = read(hers, plan=period.pk, by="gain").context

    assert (context["by"], context["ways"]) == ("value", [])
