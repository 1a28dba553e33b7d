"""Finding the header row of a question sheet and what its columns mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from federations.workbooks.text import fold_header

_OPTION = re.compile(r"(?:选项|选择项|备选项|答案选项)?([A-J])|(?:选项|选择项)(10|[1-9])")
_BLANK = re.compile(r"(?:空|填空)(10|[1-9])")

_NAMES = {
    "stem": ("题干", "题目", "试题", "题干内容", "题目内容", "试题内容", "试题题干", "问题"),
    "answer": ("答案", "标答", "正确答案", "标准答案", "参考答案", "试题答案"),
    "explanation": ("解析", "答案解析", "试题解析", "题目解析", "解析说明"),
    "difficulty": ("难度", "难易度", "难易程度", "难度等级", "试题难度"),
    "knowledge_point": ("知识点", "所属知识点"),
    "chapter": ("章节", "所属章节"),
    "type": ("题型", "题目类型", "试题类型"),
    "source": ("来源", "出处", "题目来源", "题目依据"),
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names}
# Someone's template calls the answer 正确答案H, because it stands in column H … or so.
_LETTERED_ANSWER = re.compile(r"正确答案[A-Z]")


@dataclass(slots=True)
class Columns:
    """Column numbers by meaning; option and blank columns in the order A, B, … or 1, 2, …"""

    roles: dict[str, int] = field(default_factory=dict)
    options: dict[int, int] = field(default_factory=dict)
    blanks: dict[int, int] = field(default_factory=dict)

    @property
    def is_header(self) -> bool:
        return "stem" in self.roles and ("answer" in self.roles or bool(self.blanks))

    @property
    def labels(self) -> dict[int, str]:
        """What messages call the columns that hold wording."""
        return (
            {self.roles[role]: name for role, name in _WORDING_LABELS if role in self.roles}
            | {column: f"选项 {chr(65 + place)}" for place, column in self.options.items()}
            | {column: f"空 {place + 1}" for place, column in self.blanks.items()}
        )


_WORDING_LABELS = (("stem", "题干"), ("answer", "答案"))


def read_header(cells: Sequence[str]) -> Columns | None:
    """The meaning of the columns, or None when the row is no header."""
    columns = Columns()
    for number, cell in enumerate(cells):
        _place_column(columns, fold_header(cell), number)
    return columns if columns.is_header else None


def _place_column(columns: Columns, name: str, number: int) -> None:
    """The first of several columns with one name counts."""
    if option := _OPTION.fullmatch(name.upper()):
        place = ord(option[1]) - ord("A") if option[1] else int(option[2]) - 1
        columns.options.setdefault(place, number)
    elif blank := _BLANK.fullmatch(name):
        columns.blanks.setdefault(int(blank[1]) - 1, number)
    elif role := "answer" if _LETTERED_ANSWER.fullmatch(name) else _ROLES.get(name):
        columns.roles.setdefault(role, number)
