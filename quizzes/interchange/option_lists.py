"""PURE: options that stand together in one text, and letters that say how they are meant."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

# "A-带电", "A. kW", "A、是", "（A）否", "A kW"
_LABEL = re.compile(r"\s*[(（]?([A-Za-zＡ-Ｚａ-ｚ])(?:\s*[-.、．:：)）,，]|\s(?=\S))\s*")
_MARK = "$;$"
_BETWEEN = re.compile(r"\$;\$|[\n|｜;；]")
# 考试宝 writes the answers of several blanks as "甲|乙"; "甲|||乙" are alternatives of one.
_NEXT_BLANK = re.compile(r"(?<![|｜])[|｜](?![|｜])")
# Beyond doubt a letter of the list, where each option has a cell of its own: not "A 组", "A-1".
_SURE_LABEL = re.compile(r"\s*[(（]?([A-Ha-hＡ-Ｈａ-ｈ])\s*[.．、：:)）]\s*(?=\S)")
# "A、B" is an option that names two others.
_ONLY_LETTERS = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ\s,，、和]+")
_BETWEEN_STEPS = re.compile(r"[\s,，、;；|｜.．。()（）>→＞=⇒—–-]+")

Texts = tuple[str, ...]


class AnswerError(Exception):
    """Options or answers that could be read in more than one way; the message says so."""


def split_options(text: str) -> Texts:
    """ "A-带电|B-停电" → ("带电", "停电"); "甲|乙" → ("甲", "乙")

    Where the pieces carry the letters A, B, C … in order, only they divide: "A-1|2|B-3" has two.
    Raises AnswerError for letters in another order.
    """
    if not text:
        return ()
    marked = text.split(_MARK) if _MARK in text else _split_at_letters(text)
    pieces = [piece.strip() for piece in marked or _BETWEEN.split(text)]
    while pieces and not pieces[-1]:
        pieces.pop()
    return _take_labels(tuple(pieces), _LABEL)


def strip_labels(options: Texts) -> Texts:
    """Options of which each had a cell: "A.甲", "B.乙" → "甲", "乙". Raises AnswerError."""
    return _take_labels(options, _SURE_LABEL)


def _take_labels(options: Texts, pattern: re.Pattern[str]) -> Texts:
    labels = [(pattern.match(text) if text else None) for text in options]
    pairs = list(zip(options, labels, strict=True))
    if not any(options) or any(text and not label for text, label in pairs):
        return options
    rests = tuple(text[label.end() :] if label else "" for text, label in pairs)
    if all(_ONLY_LETTERS.fullmatch(rest) for rest in rests if rest) and pattern is _SURE_LABEL:
        return options
    if all(_letter(label[1]) == _nth(place) for place, label in enumerate(labels) if label):
        return rests
    _refuse_disorder([text for text in options if text])
    return options


def _refuse_disorder(texts: list[str]) -> None:
    """The answer "A" could mean the first option or the one that is called A."""
    labels = [_SURE_LABEL.match(text) or _LABEL.match(text) for text in texts]
    letters = [_letter(label[1]) for label in labels if label]
    are_sure = all(map(_SURE_LABEL.match, texts)) and len(set(letters)) == len(letters)
    if are_sure or sorted(letters) == _alphabet(len(texts)):
        raise AnswerError(
            _("选项前的字母没有按 A、B、C 的顺序写，分不清答案指哪一项；请排好再导入。")
        )


def _split_at_letters(text: str) -> list[str]:
    """Pieces that begin with A, B, C … after a separator; none when there are not two of them."""
    starts: list[int] = []
    places = [0, *(match.end() for match in _BETWEEN.finditer(text))]
    labels = [label for place in places if (label := _SURE_LABEL.match(text, place))]
    letters = [_letter(label[1]) for label in labels]
    if letters != sorted(letters) and sorted(letters) == _alphabet(len(letters)):
        _refuse_disorder([text[label.start() :] for label in labels])
    for place in places:
        label = _LABEL.match(text, place)
        if label and _letter(label[1]) == chr(ord("A") + len(starts)):
            starts.append(place)
    if len(starts) < 2 or starts[0] != 0:
        return []
    ends = [*starts[1:], len(text)]
    return [
        text[start:end].rstrip().rstrip("|｜;；$").rstrip()
        for start, end in zip(starts, ends, strict=True)
    ]


def read_answer(type_key: str, options: Texts, answer: str) -> tuple[Texts, Texts]:
    """Options and answers in the shapes that the type expects. Raises AnswerError."""
    return _READERS.get(type_key, _divide)(options, answer)


def _divide(options: Texts, answer: str) -> tuple[Texts, Texts]:
    return options, tuple(part.strip() for part in _NEXT_BLANK.split(answer)) if answer else ()


def _arrange(items: Texts, answer: str) -> tuple[Texts, Texts]:
    """ "C,A,B", "3,1,2" or the items themselves as the answer of an ordering: that is the order.
    Without an answer the items stand in it."""
    if not answer.strip():
        return items, ()
    orders = {*_by_places(items, answer), *_by_texts(items, answer)}
    if len(orders) != 1:
        raise AnswerError(
            _("看不懂排序题的答案“%(answer)s”：请写每一项的字母，例如“C,A,B”，不要漏项。")
            % {"answer": answer[:40]}
        )
    return orders.pop(), ()


def _by_places(items: Texts, answer: str) -> Iterator[Texts]:
    steps = _steps(answer)
    if len(steps) == 1:
        steps = list(steps[0])
    for names in (_alphabet(len(items)), [str(place + 1) for place in range(len(items))]):
        if sorted(steps) == sorted(names):
            yield tuple(items[names.index(step)] for step in steps)


def _by_texts(items: Texts, answer: str) -> Iterator[Texts]:
    """The items one after another, whatever stands between them."""
    folded = ["".join(_steps(item)) for item in items]
    yield from _line_up("".join(_steps(answer)), items, folded)


def _line_up(rest: str, items: Texts, folded: list[str]) -> Iterator[Texts]:
    if not items and not rest:
        yield ()
    for place, text in enumerate(folded):
        if text and rest.startswith(text):
            others = (items[:place] + items[place + 1 :], folded[:place] + folded[place + 1 :])
            for order in _line_up(rest[len(text) :], *others):
                yield (items[place], *order)


def _steps(text: str) -> list[str]:
    return [step for step in _BETWEEN_STEPS.split(_letter(text)) if step]


def _keep_whole(options: Texts, answer: str) -> tuple[Texts, Texts]:
    """A model answer or a number is one text, whatever separators are in it."""
    return options, (answer,) if answer else ()


_READERS: dict[str, Callable[[Texts, str], tuple[Texts, Texts]]] = {
    "ordering": _arrange,
    "short": _keep_whole,
    "numeric": _keep_whole,
}


def _letter(char: str) -> str:
    return unicodedata.normalize("NFKC", char).upper()


def _nth(place: int) -> str:
    return chr(ord("A") + place)


def _alphabet(count: int) -> list[str]:
    return [_nth(place) for place in range(count)]
