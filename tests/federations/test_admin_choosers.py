"""Choosers list and hand out what lies in the scope."""

import pytest
from django.urls import reverse

from tests.factories import make_committee_member, make_member

pytestmark = pytest.mark.django_db


def test_federation_chooser_is_limited(client, tree, manager):
    client.force_login(manager)

    response = client.get(reverse("federation_chooser:choose_results"))

    assert set(response.context["results"]) == {tree.town, tree.village, tree.sibling_village}


def test_federation_chooser_searches_names(client, tree, superuser):
    client.force_login(superuser)

    response = client.get(reverse("federation_chooser:choose_results") + "?q=黄村&level=5")

    assert list(response.context["results"]) == [tree.village, tree.sibling_village]


@pytest.mark.parametrize("query", ["", "?multiple=1"])
def test_chooser_refuses_federation_outside_scope(client, tree, manager, query):
    client.force_login(manager)

    response = client.get(
        reverse("federation_chooser:chosen", args=[tree.other_village.pk]) + query
    )

    assert response.status_code == 404


def test_chooser_leaves_out_strangers_of_a_multiple_choice(client, tree, manager):
    client.force_login(manager)

    response = client.get(
        reverse("federation_chooser:chosen_multiple"), {"id": tree.other_village.pk}
    )

    assert response.json()["result"] == []


def test_chooser_names_the_place(client, tree, manager):
    client.force_login(manager)

    response = client.get(reverse("federation_chooser:chosen", args=[tree.village.pk]))

    assert response.json()["result"]["title"] == "梅州市 梅县区 松口镇 大黄村"


def test_member_chooser_is_limited(client, tree, manager, strangers):
    own = make_committee_member(tree.village)
    client.force_login(manager)

    response = client.get(reverse("member_chooser:choose_results"))

    assert set(response.context["results"]) == {own, manager}


def test_editor_chooses_no_member(client, home, tree, groups):
    editor = make_member("编辑", is_staff=True)
    editor.groups.add(editor.groups.model.objects.get(name="内容编辑"))
    make_committee_member(tree.village)
    client.force_login(editor)

    response = client.get(reverse("member_chooser:choose_results"))

    assert list(response.context["results"]) == []
