"""The people of a list in words. Looking a word up costs more than showing it: each is looked up
once for each process, not for each person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from federations.models import Position
from learning.people import STATES, Person


@dataclass(frozen=True)
class Line:
    """`mark`: 及格 or 优秀, empty without; `left` names what she has not finished."""

    name: str
    phone: str
    place: str
    is_done: bool
    state: str
    mark: str
    tags: list[str]
    moments: list[str]
    left: str


def write_lines(people: list[Person], *, is_period: bool) -> list[Line]:
    words = _words(get_language())
    return [_line(person, words, is_period) for person in people]


@cache
def _words(_language: str) -> Mapping[str, str]:
    words = {
        "since": _("%(day)s起计入"),
        "moved": _("截止后已调整单位"),
        "passed": _("及格"),
        "excellent": _("优秀"),
        "credit": _("%(credit)s 学时"),
        "score": _("平均 %(score)s 分"),
        "not_joined": _("还没有参与"),
        "joined_at": _("参与 %(at)s"),
        "completed_at": _("完成 %(at)s"),
        "passed_at": _("及格 %(at)s"),
        "active_at": _("最近学习 %(at)s"),
        "left": _("还差："),
    }
    states = {state.value: str(text) for state, text in STATES.items()}
    return words | states | {each.value: str(each.label) for each in Position}


def _line(person: Person, words: Mapping[str, str], is_period: bool) -> Line:
    return Line(
        name=person.name,
        phone=person.masked_phone,
        place=f"{person.unit} · {words[person.position]} · {_since(person, words)}",
        is_done=person.has_completed,
        state=words[person.state],
        mark=_mark(person, words),
        tags=_tags(person, words, is_period),
        moments=_moments(person, words),
        left=words["left"] + "、".join(person.left) if person.left else "",
    )


def _since(person: Person, words: Mapping[str, str]) -> str:
    day = person.since
    if day is None:
        return words["moved"]
    return words["since"] % {"day": f"{day.year}年{day.month}月{day.day}日"}


def _mark(person: Person, words: Mapping[str, str]) -> str:
    if not person.has_passed:
        return ""
    return words["excellent"] if person.is_excellent else words["passed"]


def _tags(person: Person, words: Mapping[str, str], is_period: bool) -> list[str]:
    tags = [words["credit"] % {"credit": person.credit_text}] if is_period or person.credit else []
    if person.score_text:
        tags.append(words["score"] % {"score": person.score_text})
    return tags


def _moments(person: Person, words: Mapping[str, str]) -> list[str]:
    names = ["joined_at", "completed_at", "passed_at"]
    if not person.completed_at:
        names.append("active_at")
    came = [(words[name], getattr(person, name)) for name in names]
    told = [text % {"at": _minute(moment)} for text, moment in came if moment]
    return told if person.joined_at else [words["not_joined"], *told]


def _minute(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}"
