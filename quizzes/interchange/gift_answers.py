"""What stands between GIFT's braces: each kind of answer becomes one of our types."""

import re
from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from .entries import RawQuestion
from .gift_text import cut, find_unescaped, read_format, unescape
from .html_text import has_media, looks_like_html, read_html
from .numbers import Span, read_span, write_span
from .pairs import join_pair
from .weights import FULL, find_right, note_weights, read_weight
from .wildcards import read_literal

ALTERNATIVES = "|||"
_TRUTH = re.compile(r"(T|TRUE|F|FALSE)\s*(?=#|$)", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%([^%]*)%")
_ORDERING = re.compile(r">[^\n]*")


class GiftError(Exception):
    """No question; the message says why."""


def read_answers(answer: str, text_format: str) -> RawQuestion:
    """The question without its stem. Raises GiftError."""
    for is_meant, read in _KINDS:
        if is_meant(answer):
            return read(answer, text_format)
    raise GiftError(_("看不懂大括号里的答案；正确答案前要写 = ，错误选项前要写 ~ 。"))


def read_gift_text(text: str, text_format: str) -> str:
    """Text as GIFT has it: escapes, a format of its own in front, perhaps HTML."""
    own, text = read_format(text)
    return read_body(text, own or text_format)


def read_body(text: str, text_format: str) -> str:
    """Text whose format has been read; a bracket in front of it is its own."""
    text = unescape(text.strip()).strip()
    if text_format == "html" or (text_format in ("", "moodle") and looks_like_html(text)):
        if has_media(text):
            raise GiftError(_("题里有图片或音频，GIFT 文件带不过来；请导入后再补上。"))
        return read_html(text)
    return text


def _make(type_key: str, **fields) -> RawQuestion:
    return RawQuestion(sheet="", row=0, type=type_key, stem="", **fields)


def _read_essay(_answer: str, _format: str) -> RawQuestion:
    return _make("short")


def _read_truth(answer: str, text_format: str) -> RawQuestion:
    match = _TRUTH.match(answer)
    feedback = [read_gift_text(each, text_format) for each in _split(answer[match.end() :], "#")]
    is_true = match[1].upper().startswith("T")
    return _make(
        "judge",
        options=(_("对"), _("错")),
        answers=(_("对") if is_true else _("错"),),
        explanation="\n".join(text for text in feedback if text),
    )


def _read_number(answer: str, _format: str) -> RawQuestion:
    body = answer[1:].strip()
    texts = [text for _weight, text in _read_weighted(body)] if body.startswith("=") else [body]
    spans = [_read_span(cut(text, "#")[0]) for text in texts]
    if len(spans) != 1:
        raise GiftError(_("数值题只能有一个正确的数或范围；请删去其他答案。"))
    return _make("numeric", answers=(write_span(spans[0]),))


def _read_span(text: str) -> Span:
    value, _colon, tolerance = text.partition(":")
    low, dots, high = text.partition("..")
    span = read_span(f"{low}~{high}") if dots else read_span(f"{value}±{tolerance or 0}")
    if span is None:
        raise GiftError(_("看不懂数值答案“%(text)s”。") % {"text": text[:40]})
    return span


def _read_weighted(body: str) -> list[tuple[Decimal, str]]:
    """The right answers of a "=" list. An answer with part marks is not a right one."""
    answers = [_read_weight(text, FULL) for _mark, text in _split_marked(body)]
    return [(weight, text) for weight, text in answers if weight == FULL]


def _read_weight(text: str, default: Decimal) -> tuple[Decimal, str]:
    match = _WEIGHT.match(text)
    weight = read_weight(match[1]) if match else default
    if weight is None:
        return default, text
    return weight, text[match.end() :] if match else text


def _read_pairs(answer: str, text_format: str) -> RawQuestion:
    pairs = []
    for _mark, text in _split_marked(answer):
        left, right = cut(text, "->")
        sides = (read_gift_text(left, text_format), read_gift_text(right, text_format))
        pairs.append(join_pair(*sides))
    return _make("matching", options=tuple(pairs))


def _read_texts(answer: str, text_format: str) -> RawQuestion:
    answers = [_read_weight(text, FULL) for _mark, text in _split_marked(answer)]
    bodies = [(weight, *cut(text, "#")) for weight, text in answers]
    full = [read_gift_text(text, text_format) for weight, text, _why in bodies if weight == FULL]
    right = [read_literal(text) for text in full]
    notes = ()
    if len(right) < len(bodies):
        notes = (_("有的答案原来只得部分分，没有采用。"),)
    return _make(
        "blank",
        answers=(ALTERNATIVES.join(right),),
        explanation=_join([why for _weight, _text, why in bodies], text_format),
        notes=notes,
    )


def _read_choice(answer: str, text_format: str) -> RawQuestion:
    marked = _split_marked(answer)
    is_single = any(mark == "=" for mark, _text in marked)
    weighed = [_read_weight(text, FULL if mark == "=" else Decimal(0)) for mark, text in marked]
    bodies = [(weight, *cut(text, "#")) for weight, text in weighed]
    weights = [weight for weight, _text, _why in bodies]
    return _make(
        "single" if is_single else "multiple",
        options=tuple(read_gift_text(text, text_format) for _weight, text, _why in bodies),
        answers=(find_right(weights, is_single=is_single),),
        explanation=_join([why for _weight, _text, why in bodies], text_format),
        notes=note_weights(weights, is_single=is_single),
    )


def _read_order(answer: str, text_format: str) -> RawQuestion:
    items = _ORDERING.sub("", answer, count=1).strip().split("\n")
    return _make("ordering", options=tuple(read_gift_text(item, text_format) for item in items))


def _join(feedback: list[str], text_format: str) -> str:
    texts = (read_gift_text(text, text_format) for text in feedback)
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _split(text: str, mark: str) -> list[str]:
    """What follows each mark."""
    places = [match.span() for match in find_unescaped(text, mark)]
    ends = [*(start for start, _end in places), len(text)][1:]
    return [text[after:end] for (_start, after), end in zip(places, ends, strict=True)]


def _split_marked(text: str) -> list[tuple[str, str]]:
    """("=" or "~", what follows) in order; a "~=" is an old way to write "="."""
    marks = [match[1] for match in find_unescaped(text, "~=|[=~]")]
    return [(mark[-1], body) for mark, body in zip(marks, _split(text, "~=|[=~]"), strict=True)]


def _is_list_of(pattern: str) -> Callable[[str], bool]:
    return lambda answer: bool(
        re.match(pattern, answer) and all(mark == "=" for mark, _text in _split_marked(answer))
    )


def _is_pairs(answer: str) -> bool:
    return _is_list_of("=")(answer) and all(
        next(find_unescaped(text, "->"), None) for _mark, text in _split_marked(answer)
    )


def _is_choice(answer: str) -> bool:
    return answer[:1] in ("=", "~") and len(_split_marked(answer)) > 1


_KINDS: tuple[tuple[Callable[[str], bool], Callable[[str, str], RawQuestion]], ...] = (
    (lambda answer: not answer, _read_essay),
    (lambda answer: bool(_TRUTH.match(answer)), _read_truth),
    (lambda answer: answer.startswith("#"), _read_number),
    (lambda answer: answer.startswith(">"), _read_order),
    (_is_pairs, _read_pairs),
    (_is_list_of("="), _read_texts),
    (_is_choice, _read_choice),
)
