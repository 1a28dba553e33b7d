"""Pinyin and initials: 妇女权益 is found by funvquanyi, funvq and fnqy. Pure."""

import re

from cms.search.tokens import is_han, normalise, runs
from cms.search.words import word_starts
from members.readings import syllables

# How far a typed beginning can reach into a title from any of its words.
MAX_SYLLABLES = 8
PINYIN = re.compile(r"[a-zü' ]*[a-zü]")
# What southern ears and keyboards mix up: 人身 renshen, rensheng.
SAME_SOUND = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n")]


def full(text: str) -> str:
    """Runs of Chinese as pinyin; letters and digits stay."""
    return "".join("".join(syllables(run)) if is_han(run) else run for run in runs(text))


def initials(text: str) -> str:
    return "".join(
        "".join(each[0] for each in syllables(run)) if is_han(run) else run for run in runs(text)
    )


def forms(text: str) -> list[str]:
    """From each word of a text on: its pinyin and its initials, for a search by beginnings."""
    found: dict[str, None] = {}
    for run in filter(is_han, runs(text)):
        sounds = syllables(run)
        for start in word_starts(run):
            part = sounds[start : start + MAX_SYLLABLES]
            found |= {"".join(part): None, "".join(each[0] for each in part): None}
    return list(found)


def read_pinyin(query: str) -> str | None:
    """A query in letters, as pinyin is written here: `Fu Nü` → funv. None for anything else."""
    text = normalise(query).strip()
    if not PINYIN.fullmatch(text):
        return None
    return re.sub("[' ]", "", text.replace("ü", "v"))


def fold(pinyin: str) -> str:
    """Spellings that sound alike become one."""
    for sound, same in SAME_SOUND:
        pinyin = pinyin.replace(sound, same)
    return pinyin
