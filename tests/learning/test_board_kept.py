"""Lists of units that are kept: as new as the standings, and each reader's own."""

import pytest
from django.urls import reverse
from django.utils import timezone

from federations.models import Federation
from learning.models import Standing
from learning.views import board_kept
from tests.factories import make_committee_member
from tests.learning.boards import make_period, stand


@pytest.fixture
def period(tree):
    period = make_period(tree)
    for place in (tree.province, tree.city, tree.other_city):
        stand(period, place, due=100, completed=40)
    return period


@pytest.fixture
def drawn(monkeypatch):
    """How often a list was made."""
    calls = []
    make = board_kept.list_units
    monkeypatch.setattr(board_kept, "list_units", lambda *of: calls.append(of) or make(*of))
    return calls


def look(client, member, period, **query):
    client.force_login(member)
    return client.get(reverse("learning:board"), {"plan": period.pk} | query).text


def mine(page):
    """The row that is marked as the reader's own."""
    return page.split('<tr class="mine">')[1].split("</tr>")[0]


def test_second_reader_of_the_same_city_gets_the_kept_list(client, tree, period, drawn):
    first = look(client, make_committee_member(tree.village), period)
    second = look(client, make_committee_member(tree.sibling_village), period)

    assert "梅州市" in mine(first)
    assert mine(second) == mine(first)
    assert len(drawn) == 1


def test_reader_of_another_city_sees_her_own_row(client, tree, period):
    assert "梅州市" in mine(look(client, make_committee_member(tree.village), period))
    assert "广州市" in mine(look(client, make_committee_member(tree.other_village), period))


@pytest.mark.parametrize("level", [2, 5])
def test_of_a_level_each_sees_her_own_unit(client, tree, period, level):
    for village in (tree.village, tree.sibling_village):
        stand(period, village, due=20, completed=3)
    names = {2: ("梅州市", "梅州市"), 5: ("大黄村", "小黄村")}[level]
    villages = zip((tree.village, tree.sibling_village), names, strict=True)

    for village, name in villages:
        assert name in mine(look(client, make_committee_member(village), period, level=level))


def test_fold_shows_at_once(client, tree, period):
    member = make_committee_member(tree.village)
    look(client, member, period)
    city = Standing.objects.filter(plan=period, federation=tree.city)
    city.update(subtree_completed=70)
    # As a fold does: what is above the change is written anew with it.
    top = Standing.objects.filter(plan=period, federation=tree.province)
    top.update(subtree_completed=70, updated_at=timezone.now())

    assert ">70%<" in mine(look(client, member, period))


def test_what_was_typed_is_looked_for_anew(client, tree, period, drawn):
    member = make_committee_member(tree.village)
    for _time in range(2):
        look(client, member, period, q="梅州")

    assert len(drawn) == 2


def test_new_name_shows_when_the_list_is_forgotten(client, tree, period):
    """At the latest after KEPT_FOR seconds."""
    member = make_committee_member(tree.village)
    look(client, member, period)
    Federation.objects.filter(pk=tree.city.pk).update(name="嘉应市")
    board_kept.cache.clear()

    assert "嘉应市" in mine(look(client, member, period))
