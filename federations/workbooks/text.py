"""PURE: cell values and headers as the text that their author meant."""

import datetime
import re
import unicodedata

Cell = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta | None

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_ORNAMENT = re.compile(r"[*:]+")


def read_text(value: Cell) -> str:
    """Whole numbers lose the ".0" that the workbook never showed; others keep 15 digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(float(f"{value:.15g}"))
    return str(value).strip()


def fold(text: str) -> str:
    """One width, no spaces: for comparing, not for storing."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def fold_header(text: str) -> str:
    """ "* 选项\\n D（勿删）" → "选项D" """
    return _BRACKETED.sub("", _ORNAMENT.sub("", fold(text)))
