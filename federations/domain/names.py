"""Finding people by their names: in characters, by pinyin, by initials."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice, product

from django.db.models import Exists, OuterRef

from federations.models import NameKey
from members.models import Member
from members.readings import syllables

BATCH = 500
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
# Read otherwise as surnames than in most words.
SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "任": "ren",
    "查": "zha",
    "翟": "zhai",
    "朴": "piao",
    "覃": "qin",
    "冼": "xian",
    "洗": "xian",
    "乐": "yue",
    "缪": "miao",
    "盖": "ge",
    "员": "yun",
    "种": "chong",
    "召": "shao",
    "尹": "yin",
    "宁": "ning",
    "祭": "zhai",
    "黑": "he",
    "繁": "po",
    "谌": "chen",
    "秘": "bi",
    "车": "che",
    "折": "she",
    "纪": "ji",
    "尉迟": "yuchi",
    "万俟": "moqi",
    "长孙": "zhangsun",
}
COMPOUND = frozenset(
    {"欧阳", "司徒", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容"}
    | {"令狐", "长孙", "宇文", "万俟", "夏侯", "端木", "轩辕", "南宫", "独孤"}
)


def fold_query(text: str) -> str:
    """What is typed, as the keys are written: `Chen Xiù` → chenxiu, ＬÜ → lv."""
    bare = unicodedata.normalize("NFKC", text).lower()
    letters = unicodedata.normalize("NFD", bare).replace("u\u0308", "v")
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    return re.sub(r"[\s'’·•.]", "", unicodedata.normalize("NFC", plain))


def keys_of(name: str) -> set[str]:
    """陈秀英 is found by 陈秀英, 秀英, chenxiuying, chenxy, cxy, xiuying and xy."""
    folded = fold_query(name)
    if not HAN.match(folded):
        return {folded} - {""}
    length = 2 if folded[:2] in COMPOUND and len(folded) > 2 else 1
    surname, given = folded[:length], folded[length:]
    keys = {folded, given}
    for before, after in product(_surname_sounds(surname), _spellings(syllables(given))):
        initials = "".join(each[0] for each in after)
        whole, first = "".join(before), "".join(each[0] for each in before)
        keys |= {whole + "".join(after), whole + initials, first + initials}
        keys |= {"".join(after), initials}
    return keys - {""}


def _surname_sounds(surname: str) -> list[list[str]]:
    """As it is read in words, and as a surname: both are typed."""
    sounds = _spellings(syllables(surname))
    if surname in SURNAMES:
        sounds.append([SURNAMES[surname]])
    return sounds


def _spellings(sounds: list[str]) -> list[list[str]]:
    """lv is typed lu as well."""
    plain = [each.replace("v", "u") for each in sounds]
    return [sounds] if plain == sounds else [sounds, plain]


def note_names(names: Iterable[str]) -> None:
    """Make the keys of these names; whoever writes names of members calls this.

    Names that have keys already are left alone.
    """
    wanted = {name for name in names if name}
    for batch in _batches(wanted):
        known = NameKey.objects.filter(name__in=batch).values_list("name", flat=True).distinct()
        NameKey.objects.bulk_create(
            (
                NameKey(name=name, key=key)
                for name in sorted(set(batch) - set(known))
                for key in sorted(keys_of(name))
            ),
            batch_size=BATCH,
            ignore_conflicts=True,
        )


def note_missing_names() -> int:
    """Make the keys of all members' names that have none; returns how many names it took."""
    keys = NameKey.objects.filter(name=OuterRef("name"))
    missing = Member.objects.filter(~Exists(keys)).exclude(name="")
    names = list(missing.order_by().values_list("name", flat=True).distinct())
    note_names(names)
    return len(names)


def names_beginning(typed: str):
    """The names that begin with, or sound like, what is typed, as a subquery."""
    return NameKey.objects.filter(key__startswith=fold_query(typed)).values("name")


def _batches(items: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(sorted(items))
    while batch := list(islice(iterator, BATCH)):
        yield batch
