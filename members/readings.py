"""How Chinese characters are read, one syllable each, as their words have it. Pure.

pypinyin's table of phrases takes 45 MB of every process, and most of it says what the characters
say by themselves. Kept are the phrases that are read otherwise (重庆, 银行), and those that must be
taken before them (履行家庭 is no 行家).
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

PHRASE = re.compile(r'"([^"]+)":\s*\[((?:\s*\[\s*"[^"]*"\s*\],?)+)\s*\]')
SYLLABLE = re.compile(r'"([^"]*)"')


def syllables(text: str) -> list[str]:
    """One for each character, without tones, ü as v; what is no Chinese stays, sign by sign."""
    return _reader()(text, errors=list)


@cache
def _reader():
    """Takes 0.25 s and 27 MB, once in a process that needs it."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    # It reads its tables as it is imported: not before somebody asks, and not all of them.
    from pypinyin import lazy_pinyin, load_phrases_dict  # noqa: PLC0415
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415

    plain = {chr(code): _plain(sounds.split(",")[0]) for code, sounds in PINYIN_DICT.items()}
    load_phrases_dict(_needed(plain))
    return lazy_pinyin


def _needed(plain: dict[str, str]) -> dict[str, list[list[str]]]:
    read_otherwise = {
        phrase: sounds
        for phrase, sounds in _phrases()
        if any(
            plain.get(each) != _plain(sound) for each, sound in zip(phrase, sounds, strict=False)
        )
    }
    beginnings = {phrase[0] for phrase in read_otherwise}
    before = {
        phrase: sounds
        for phrase, sounds in _phrases()
        if len(phrase) == 2 and phrase[1] in beginnings
    }
    return {
        phrase: [[each] for each in sounds] for phrase, sounds in (before | read_otherwise).items()
    }


def _phrases() -> Iterator[tuple[str, list[str]]]:
    """Read one by one: as a whole the table would leave its memory behind."""
    table = (files("pypinyin") / "phrases_dict.json").read_text(encoding="utf-8")
    for found in PHRASE.finditer(table):
        yield found[1], SYLLABLE.findall(found[2])


@cache
def _plain(sound: str) -> str:
    """hǎng → hang, nǚ → nv."""
    letters = unicodedata.normalize("NFD", sound).replace("u\u0308", "v")
    return "".join(each for each in letters if not unicodedata.combining(each))
