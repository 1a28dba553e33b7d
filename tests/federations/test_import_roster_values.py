"""What the roster's cells mean, and how federations' names are written: no database needed."""

from datetime import date, datetime

import pytest

from federations.domain.roster.names import split_path, take_apart
from federations.domain.roster.values import (
    CellError,
    read_counted,
    read_date,
    read_name,
    read_phone,
    read_text,
)


@pytest.mark.parametrize(
    "cell",
    [
        13800138000,
        13800138000.0,
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "１３８00138000",
    ],
)
def test_phone_is_read_as_people_write_it(cell):
    assert read_phone(cell) == "13800138000"


@pytest.mark.parametrize("cell", ["", None, "  "])
def test_phone_may_be_empty(cell):
    assert read_phone(cell) == ""


@pytest.mark.parametrize("cell", ["1380013800", "23800138000", 138001380001.0, "无", 1.5, "86138"])
def test_phone_that_is_none_is_refused(cell):
    with pytest.raises(CellError, match="11 位数字"):
        read_phone(cell)


@pytest.mark.parametrize(
    "cell",
    [
        date(2024, 1, 1),
        datetime(2024, 1, 1, 8, 30),
        "2024-01-01",
        "2024/1/1",
        "2024年1月1日",
        "2024.1.1",
        "20240101",
        20240101.0,
        45292.0,
    ],
)
def test_date_is_read_as_people_write_it(cell):
    assert read_date(cell, "任期起") == date(2024, 1, 1)


@pytest.mark.parametrize("cell", ["2024年", "2024-02-30", "去年", 2024.0, True, "0024-01-01"])
def test_date_that_is_none_is_refused(cell):
    with pytest.raises(CellError, match="“任期止”不是能识别的日期"):
        read_date(cell, "任期止")


@pytest.mark.parametrize(
    ("cell", "counted"),
    [
        ("是", True),
        ("√", True),
        (True, True),
        ("否", False),
        (0.0, False),
        ("", None),
        (None, None),
    ],
)
def test_counted_is_yes_no_or_open(cell, counted):
    assert read_counted(cell) is counted


def test_name_loses_the_spaces_that_align_it():
    assert read_name("陈　英") == "陈英"


def test_text_loses_the_apostrophe_of_a_report():
    assert read_text("'+8613800138000") == "+8613800138000"


@pytest.mark.parametrize(
    "name", ["大黄村委会", "大黄村民委员会", "大黄村村委会", "大黄村村民委员会", "大黄村"]
)
def test_village_names_have_one_stem(name):
    assert take_apart(name) == ("大黄", "村")


@pytest.mark.parametrize("name", ["翠洲居委会", "翠洲社区居委会", "翠洲社区居民委员会", "翠洲社区"])
def test_community_names_have_one_stem(name):
    assert take_apart(name) == ("翠洲", "社区")


@pytest.mark.parametrize(
    "path", ["梅州市/松口镇", "梅州市 ＞ 松口镇妇联", "梅州市、松口镇妇女联合会"]
)
def test_path_is_split_at_any_separator(path):
    assert split_path(path) == ["梅州市", "松口镇"]
