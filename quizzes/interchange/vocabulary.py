"""The words that files use for types, difficulties and settings."""

import re
from collections.abc import Mapping

from federations.workbooks.text import fold, fold_header
from quizzes.question_types.registry import QUESTION_TYPES

# Names of type families that the registry may not have; a test compares the two.
_TYPE_WORDS = (
    ("single", re.compile("单选|单项选择")),
    ("multiple", re.compile("多选|多项选择|不定项")),
    ("judge", re.compile("判断|是非题|对错题")),
    ("blank", re.compile("填空")),
    ("matching", re.compile("匹配|连线|配对|搭配")),
    ("ordering", re.compile("排序|排列题|顺序题")),
    ("numeric", re.compile("数值|数字题")),
    ("case", re.compile("材料题|案例题|题组|组合题|综合题")),
    (
        "short",
        re.compile("简答|问答|论述|名词解释|案例分析|材料分析|主观题|作文|计算题|填答题"),
    ),
)
_DIFFICULTIES = {
    **dict.fromkeys(("1", "易", "容易", "简单", "很容易", "非常容易", "非常简单"), 1),
    **dict.fromkeys(("2", "较易", "较容易", "较简单", "比较容易", "比较简单"), 2),
    **dict.fromkeys(("3", "中", "中等", "适中", "一般", "普通"), 3),
    **dict.fromkeys(("4", "较难", "偏难", "比较难", "较困难"), 4),
    **dict.fromkeys(("5", "难", "困难", "很难", "非常难", "极难"), 5),
}
_TAG = re.compile(r'"((?:[^"]|"")*)"|([^",，;；、\n]+)')
_TAG_SPECIALS = re.compile(r'[",，;；、\n]')


def read_type(text: str) -> str | None:
    """The type that a cell or a sheet's name speaks of; None when it names none or several."""
    folded = fold(text)
    for key, question_type in QUESTION_TYPES.items():
        if folded in (key, fold(str(question_type.label))):
            return key
    found = [key for key, words in _TYPE_WORDS if words.search(folded)]
    return found[0] if len(found) == 1 else None


def name_type(key: str) -> str:
    return str(QUESTION_TYPES[key].label) if key in QUESTION_TYPES else key


def read_difficulty(text: str) -> int | None:
    """1 to 5, or None for anything that is no difficulty."""
    return _DIFFICULTIES.get(fold(text))


def read_tags(text: str) -> tuple[str, ...]:
    """ "国安，宪法 \\"甲、乙\\"" : a tag that holds a separator stands in quotes."""
    tags = (
        (quoted.replace('""', '"') if quoted else plain).strip()
        for quoted, plain in _TAG.findall(text)
    )
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def write_tags(tags: tuple[str, ...]) -> str:
    return "；".join(
        '"{}"'.format(tag.replace('"', '""')) if _TAG_SPECIALS.search(tag) else tag for tag in tags
    )


def read_settings(type_key: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Settings by key; `texts` are by folded label. A choice may be told by its label."""
    settings = {}
    for setting in _settings_of(type_key):
        if text := texts.get(fold_header(str(setting.label)), ""):
            keys = {fold(str(label)): key for key, label in setting.choices}
            settings[setting.key] = keys.get(fold(text), text)
    return settings


def show_settings(type_key: str, settings: Mapping[str, str]) -> dict[str, str]:
    """The inverse of `read_settings`: texts by label, those with the default value left out."""
    shown = {}
    for setting in _settings_of(type_key):
        value = settings.get(setting.key, setting.default)
        if value != setting.default:
            shown[str(setting.label)] = str(dict(setting.choices).get(value, value))
    return shown


def _settings_of(type_key: str):
    return QUESTION_TYPES[type_key].settings if type_key in QUESTION_TYPES else ()
