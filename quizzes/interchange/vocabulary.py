"""The words that workbooks use for types and difficulties."""

import re

from django.utils.translation import gettext_lazy as _

from federations.workbooks.text import fold

ESSAY = "essay"

# Types that files hold and the registry does not, with the reason that their rows are refused.
UNGRADABLE = {ESSAY: _("简答题需要人工评分，现在还不能导入")}

_TYPE_WORDS = (
    ("single", re.compile("单选|单项选择")),
    ("multiple", re.compile("多选|多项选择|不定项")),
    ("judge", re.compile("判断|是非题|对错题")),
    ("blank", re.compile("填空")),
    (ESSAY, re.compile("简答|问答|论述|名词解释|案例分析|材料分析|主观题|作文")),
)
_DIFFICULTIES = {
    **dict.fromkeys(("1", "易", "容易", "简单", "很容易", "非常容易", "非常简单"), 1),
    **dict.fromkeys(("2", "较易", "较容易", "较简单", "比较容易", "比较简单"), 2),
    **dict.fromkeys(("3", "中", "中等", "适中", "一般", "普通"), 3),
    **dict.fromkeys(("4", "较难", "偏难", "比较难", "较困难"), 4),
    **dict.fromkeys(("5", "难", "困难", "很难", "非常难", "极难"), 5),
}


def read_type(text: str) -> str | None:
    """The type that a cell or a sheet's name speaks of; None when it names none or several."""
    folded = fold(text)
    found = [key for key, words in _TYPE_WORDS if words.search(folded)]
    return found[0] if len(found) == 1 else None


def read_difficulty(text: str) -> int | None:
    """1 to 5, or None for anything that is no difficulty."""
    return _DIFFICULTIES.get(fold(text))
