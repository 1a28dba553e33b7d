"""Finding the header row of a question sheet and what its columns mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from federations.workbooks.text import fold, fold_header
from quizzes.question_types.registry import QUESTION_TYPES

# A header stands within so many filled rows from the top.
HEADER_WITHIN = 5

_OPTION = re.compile(
    r"(?:选项|选择项|备选项|答案选项)([A-Z])|([A-J])|(?:选项|选择项)(2[0-6]|1\d|[1-9])"
)
# 磨题帮 gives each blank an answer column, others call them blanks.
_BLANK = re.compile(r"(?:空|填空|答案)([1-9]\d?)")
_LEVEL = re.compile(
    r"(?:知识点|纲要|章节)([一二三四五六])级|([一二三四五六])级(?:知识点|纲要|章节)"
)
# 题型（0单选，1判断，2多选）
_CODE = re.compile(r"(\d)[:=\-]?([\u4e00-\u9fff]+)")

_NAMES = {
    "stem": ("题干", "题目", "试题", "题干内容", "题目内容", "试题内容", "试题题干", "问题"),
    "answer": ("答案", "标答", "正确答案", "标准答案", "参考答案", "试题答案"),
    "options": ("选项", "备选项", "选择项", "选项内容", "试题选项", "备选答案"),
    "explanation": ("解析", "答案解析", "试题解析", "题目解析", "解析说明"),
    "more_explanation": ("判断题解析",),
    "difficulty": ("难度", "难易度", "难易程度", "难度等级", "试题难度"),
    "knowledge_point": ("知识点", "所属知识点"),
    "chapter": ("章节", "所属章节"),
    "type": ("题型", "题目类型", "试题类型"),
    "source": ("来源", "出处", "题目来源", "题目依据"),
    "tags": ("标签", "题目标签", "试题标签"),
    "material": ("材料", "材料内容", "背景材料", "案例", "案例材料"),
    "group": ("题组", "题组编号", "材料编号", "组号"),
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names}
# Someone's template calls the answer 正确答案H, because it stands in column H … or so.
_LETTERED_ANSWER = re.compile(r"正确答案[A-Z]")
SETTING_PREFIX = "设置"


@dataclass(slots=True)
class Columns:
    """Column numbers by meaning; option and blank columns in the order A, B, … or 1, 2, …

    `levels` are those of a knowledge point, from the widest to the narrowest; `settings` are by
    the folded label of the setting; `codes` say what a number in the type column stands for.
    `width` is the number of cells of the header.
    """

    roles: dict[str, int] = field(default_factory=dict)
    options: dict[int, int] = field(default_factory=dict)
    blanks: dict[int, int] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    settings: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    width: int = 0

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


_WORDING_LABELS = (("stem", "题干"), ("options", "选项"), ("answer", "答案"), ("material", "材料"))


def read_header(cells: Sequence[str]) -> Columns | None:
    """The meaning of the columns, or None when the row is no header."""
    columns = Columns(width=len(cells))
    others: dict[str, int] = {}
    for number, cell in enumerate(cells):
        if not _place_column(columns, cell, number):
            others.setdefault(fold_header(cell).removeprefix(SETTING_PREFIX), number)
    if not columns.is_header:
        return None
    known = _fold_setting_labels()
    columns.settings = {label: number for label, number in others.items() if label in known}
    return columns


def _place_column(columns: Columns, cell: str, number: int) -> bool:
    """Whether the name is known. The first of several columns with one name counts."""
    name = fold_header(cell)
    if option := _OPTION.fullmatch(name.upper()):
        letter = option[1] or option[2]
        place = ord(letter) - ord("A") if letter else int(option[3]) - 1
        columns.options.setdefault(place, number)
    elif blank := _BLANK.fullmatch(name):
        columns.blanks.setdefault(int(blank[1]) - 1, number)
    elif level := _LEVEL.fullmatch(name):
        columns.levels.setdefault("一二三四五六".index(level[1] or level[2]), number)
    elif role := "answer" if _LETTERED_ANSWER.fullmatch(name) else _ROLES.get(name):
        columns.roles.setdefault(role, number)
        if role == "type":
            columns.codes = {match[1]: match[2] for match in _CODE.finditer(fold(cell))}
    else:
        return False
    return True


def _fold_setting_labels() -> set[str]:
    return {
        fold_header(str(setting.label))
        for each in QUESTION_TYPES.values()
        for setting in each.settings
    }
