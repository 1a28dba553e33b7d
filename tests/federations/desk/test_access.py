"""Where she stands at the desk, and what lies above it."""

import pytest
from django.http import Http404

from federations.desk.access import open_desk
from tests.factories import make_member, make_staff


@pytest.mark.parametrize(
    ("top", "crumbs"),
    [
        ("province", ["广东省", "梅州市", "梅县区", "松口镇"]),
        ("county", ["梅县区", "松口镇"]),
        ("village", []),
    ],
)
def test_crumbs_go_up_as_far_as_her_scope(tree, top, crumbs):
    desk = open_desk(make_staff(getattr(tree, top)), tree.village.pk)

    assert (desk.place, [each.name for each in desk.crumbs]) == (tree.village, crumbs)


def test_place_below_a_city_without_counties_has_its_crumbs(tree):
    desk = open_desk(make_staff(tree.province), tree.dongguan_town.pk)

    assert [each.name for each in desk.crumbs] == ["广东省", "东莞市"]


def test_desk_opens_at_the_highest_place(tree):
    desk = open_desk(make_staff(tree.county), None)

    assert (desk.place, desk.crumbs) == (tree.county, [])


def test_superuser_stands_at_the_root(tree):
    desk = open_desk(make_member(is_superuser=True), None)

    assert (desk.place, desk.crumbs) == (tree.province, [])


@pytest.mark.parametrize("asked", [0, 99_999_999, 10**18 - 1, 10**19])
def test_place_that_is_none_does_not_exist(tree, asked):
    with pytest.raises(Http404):
        open_desk(make_staff(tree.county), asked)


def test_place_above_hers_does_not_exist(tree):
    with pytest.raises(Http404):
        open_desk(make_staff(tree.county), tree.city.pk)
