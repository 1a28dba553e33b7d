import pytest

from learning.rules.certificate_text import (
    asked_places,
    fill_text,
    find_unknown_places,
    mask_name,
)

VALUES = {"name": "陈桂英", "unit": "大黄村妇联", "title": "甲", "date": "今天", "hours": "2"}


def test_places_are_filled_by_either_name():
    text = "{姓名}（{ unit }）学完｛名称｝，{学时} 学时"

    assert fill_text(text, VALUES) == "陈桂英（大黄村妇联）学完甲，2 学时"
    assert asked_places(text) == {"name", "unit", "title", "hours"}


def test_what_is_filled_in_is_not_read_again():
    assert fill_text("{姓名}", VALUES | {"name": "{单位}"}) == "{单位}"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("{姓名}", []), ("{性名}", ["性名"]), ("{姓名", ["{"]), ("{}", [""]), ("{a}}", ["a", "}"])],
)
def test_unknown_places_are_named(text, unknown):
    assert find_unknown_places(text) == unknown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("陈桂英", "陈*英"), ("陈英", "陈*"), ("欧阳桂英", "欧**英"), ("陈", "*"), ("𣒍英", "𣒍*")],
)
def test_names_are_half_hidden(name, shown):
    assert mask_name(name) == shown
