"""A new column, and links in it, made in the admin."""

import pytest
from django.urls import reverse

from cms.models import ColumnLinkPage, ColumnPage
from tests.columns import column_index, make_column, make_link
from tests.editors import make_editor
from tests.picks import allow

pytestmark = pytest.mark.django_db

EMPTY_COMMENTS = {f"comments-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}


@pytest.fixture
def column(home):
    return make_column(home)


@pytest.fixture
def editor(client, home, column, tree):
    editor = make_editor(home, tree.province)
    client.force_login(editor)
    return editor


def add_url(model, parent):
    name = model._meta.model_name
    return reverse("wagtailadmin_pages:add", args=["cms", name, parent.pk])


def test_the_21st_column_is_made_like_the_first(client, home, editor):
    for _ in range(19):
        make_column(home)
    form = {"title": "粤姐姐说健康", "slug": "health", "summary": "说健康"}

    client.post(
        add_url(ColumnPage, column_index(home)),
        form | {"icon": "baby", "colour": "leaf"} | EMPTY_COMMENTS,
    )

    made = ColumnPage.objects.get(slug="health").get_latest_revision_as_object()
    assert (ColumnPage.objects.count(), made.icon, made.colour) == (21, "baby", "leaf")


def test_icons_and_colours_are_chosen_by_picture(client, home, editor):
    html = client.get(add_url(ColumnPage, column_index(home))).content.decode()

    assert html.count('<use href="/static/icons.svg#i-') == len(ColumnPage.icon.field.choices) == 26
    assert html.count('<i class="swatch is-') == len(ColumnPage.colour.field.choices) == 6


def test_every_icon_is_there():
    with open("static/icons.svg", encoding="utf-8") as file:
        symbols = file.read()

    missing = [name for name, _label in ColumnPage.icon.field.choices if f"i-{name}" not in symbols]

    assert missing == []


def save_link(client, column, **fields):
    form = {"title": "链接", "slug": "link", "summary": "", "address": "", "target": ""}
    return client.post(
        add_url(ColumnLinkPage, column), form | {"cover": ""} | EMPTY_COMMENTS | fields
    )


def errors(response):
    return list(response.context["form"].errors)


def test_link_keeps_its_host(client, column, editor):
    allow("gd.gov.cn")
    save_link(client, column, address="https://WWW.gd.gov.cn/a")

    link = ColumnLinkPage.objects.get().get_latest_revision_as_object()
    assert (link.address, link.host) == ("https://WWW.gd.gov.cn/a", "www.gd.gov.cn")


def test_link_outside_the_list_is_not_saved(client, column, editor):
    response = save_link(client, column, address="https://evil.example/")

    assert errors(response) == ["address"]
    assert ColumnLinkPage.objects.count() == 0


def test_link_leads_to_one_place(client, column, editor):
    allow("gd.gov.cn")

    response = save_link(client, column, address="https://gd.gov.cn/", target=column.pk)

    assert errors(response) == ["target"]
    assert ColumnLinkPage.objects.count() == 0


def test_link_to_an_own_page(client, column, editor):
    save_link(client, column, target=column.pk)

    link = ColumnLinkPage.objects.get().get_latest_revision_as_object()
    assert (link.target.pk, link.host) == (column.pk, "")


def test_link_to_a_link_is_not_saved(client, column, editor):
    response = save_link(client, column, target=make_link(column, target=column).pk)

    assert errors(response) == ["target"]


def test_link_to_nowhere_can_wait_as_a_draft(client, column, editor):
    save_link(client, column)

    assert ColumnLinkPage.objects.get().live is False


def test_preview_of_a_link_shows_its_card(client, column, editor):
    allow("gd.gov.cn")
    save_link(client, column, address="https://gd.gov.cn/", summary="看一看")
    link = ColumnLinkPage.objects.get()

    html = client.get(reverse("wagtailadmin_pages:view_draft", args=[link.pk])).content.decode()

    assert "看一看" in html
