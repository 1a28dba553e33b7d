"""PURE: from what a cell holds to what it means. Every function raises CellError on nonsense."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from federations.workbooks import text as cells
from federations.workbooks.text import fold

EXCEL_EPOCH = date(1899, 12, 30)
SERIAL_DIGITS = 5
NAME_LENGTH, TERM_LENGTH = 50, 20
YEARS = range(1900, 2101)
PHONE = re.compile(r"1[3-9]\d{9}")
COUNTRY_CODE = re.compile(r"^(\+86|0086|86)(?=1\d{10}$)")
WRITTEN_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:00:00(?::00)?)?")
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
# A report's cells are made inert with an apostrophe; the corrected report may come back.
INERT = re.compile(r"^'(?=[=+\-@])")
YES = {"是", "√", "✓", "1", "y", "yes", "true"}
NO = {"否", "×", "✗", "0", "n", "no", "false"}
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class CellError(ValueError):
    """What is wrong with the cell, in Chinese; never repeats what it holds."""


def read_text(value: Any) -> str:
    """Text as written, whole numbers without their .0."""
    return INERT.sub("", cells.read_text(value))


def read_name(value: Any) -> str:
    name = read_text(value)
    # 陈 英 is padded to line up with three-character names.
    name = re.sub(r"\s+", "" if HAN.search(name) else " ", name)
    if not name:
        raise CellError(_("缺少姓名。"))
    if len(name) > NAME_LENGTH or not name.isprintable():
        raise CellError(_("姓名过长或含有不可见字符，请重新填写。"))
    return name


def read_phone(value: Any) -> str:
    """Eleven digits, or nothing when the cell is empty."""
    text = re.sub(r"[-‐‑–—－()]", "", fold(read_text(value)))
    text = COUNTRY_CODE.sub("", text)
    if text and not (text.isascii() and PHONE.fullmatch(text)):
        raise CellError(_("手机号应为 11 位数字，以 1 开头，请检查有没有漏写或多写。"))
    return text


def read_term(value: Any) -> str:
    term = read_text(value)
    if len(term) > TERM_LENGTH or not term.isprintable():
        raise CellError(_("届次过长或含有不可见字符，请改为不超过 20 个字，例如“第五届”。"))
    return term


def read_choice(value: Any, allowed: list[str]) -> str:
    text = fold(read_text(value))
    if text not in allowed:
        message = _("职务应为以下之一：%(allowed)s。")
        raise CellError(message % {"allowed": "、".join(allowed)})
    return text


def read_date(value: Any, column: str) -> date | None:
    """A date as Excel stores it or as people write it; None when the cell is empty."""
    if isinstance(value, datetime):
        value = value.date()
    found = value if isinstance(value, date) else _written_date(fold(read_text(value)))
    if found and found.year not in YEARS:
        found = None
    if found is None and read_text(value):
        message = _("“%(column)s”不是能识别的日期，请写成 2024-01-01。")
        raise CellError(message % {"column": column})
    return found


def _written_date(text: str) -> date | None:
    match = WRITTEN_DATE.fullmatch(text) or COMPACT_DATE.fullmatch(text)
    if not match:
        return _serial_date(text)
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _serial_date(text: str) -> date | None:
    """A date cell that was formatted as a number: days since 1899-12-30."""
    if not (text.isascii() and text.isdigit() and len(text) == SERIAL_DIGITS):
        return None
    return EXCEL_EPOCH + timedelta(days=int(text))


def read_counted(value: Any) -> bool | None:
    """Whether she is counted here; None when the roster leaves it open."""
    text = fold(read_text(value)).lower()
    if not text:
        return None
    if text not in YES | NO:
        raise CellError(_("“计入单位”请填“是”或“否”。"))
    return text in YES
