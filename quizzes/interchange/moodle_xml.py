"""Reading Moodle XML: https://docs.moodle.org/en/Moodle_XML_format"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from .cloze import read_cloze
from .entries import Entry, Problem, RawQuestion
from .gift import name_category, read_knowledge_point
from .gift_answers import ALTERNATIVES
from .html_text import has_media, read_html
from .memo import apply_memo
from .numbers import read_span, write_span
from .pairs import join_pair
from .weights import FULL, find_right, note_weights, read_weight
from .wildcards import WildcardError, read_literal
from .xml_files import iter_children

LABEL = "Moodle XML"
# An element that Moodle does not know, and passes over.
MEMO = "zhiwei"
_HTML_FORMATS = ("html", "moodle_auto_format")


class MoodleError(Exception):
    """No question for us; the message says why."""


def read(path: Path) -> Iterator[Entry]:
    """Every question; row is its number in the file. Raises UnreadableFile."""
    return _read_questions(iter_children(path, "quiz"))


def _read_questions(elements: Iterator[Element]) -> Iterator[Entry]:
    category, number = "", 0
    for element in elements:
        if element.tag != "question":
            continue
        if element.get("type") == "category":
            category = _text(element.find("category"))
            continue
        number += 1
        yield _read_entry(element, number, category)


def _read_entry(element: Element, number: int, category: str) -> Entry:
    place = name_category(category) or LABEL
    kind = element.get("type", "")
    try:
        if kind not in _READERS:
            raise MoodleError(_explain_kind(kind))
        if element.find(".//file") is not None:
            raise MoodleError(_("题里附有图片或其他文件，没有导入；请导入文字后再补上图片。"))
        question = _read_question(element, kind)
    except (MoodleError, WildcardError) as error:
        return Problem(place, number, str(error), text=_text(element.find("questiontext"))[:200])
    question = replace(
        question,
        sheet=place,
        row=number,
        knowledge_point=read_knowledge_point(category),
        tags=tuple(filter(None, (_text(tag) for tag in element.findall("tags/tag")))),
    )
    return apply_memo(question, element.findtext(MEMO, ""))


def _read_question(element: Element, kind: str) -> RawQuestion:
    question = _READERS[kind](element)
    explanations = [_read_text(element.find("generalfeedback")), question.explanation]
    return replace(
        question,
        stem=question.stem or _read_text(element.find("questiontext")),
        explanation="\n".join(text for text in explanations if text),
    )


def _text(element: Element | None) -> str:
    return (element.findtext("text") or "").strip() if element is not None else ""


def _read_text(element: Element | None) -> str:
    text = _text(element)
    if element is None or element.get("format", "html") not in _HTML_FORMATS:
        return text
    if has_media(text):
        raise MoodleError(_("题里有图片、音频或视频，没有导入；请导入文字后再补上。"))
    return read_html(text)


def _make(type_key: str, **fields) -> RawQuestion:
    return RawQuestion(sheet="", row=0, type=type_key, stem=fields.pop("stem", ""), **fields)


def _weigh(answer: Element) -> Decimal:
    return read_weight(answer.get("fraction", "0")) or Decimal(0)


def _read_choice(element: Element) -> RawQuestion:
    is_single = (element.findtext("single") or "true").strip() in ("true", "1")
    answers = element.findall("answer")
    weights = [_weigh(answer) for answer in answers]
    return _make(
        "single" if is_single else "multiple",
        options=tuple(_read_text(answer) for answer in answers),
        answers=(find_right(weights, is_single=is_single),),
        explanation=_join_feedback(element),
        notes=note_weights(weights, is_single=is_single),
    )


def _read_choice_set(element: Element) -> RawQuestion:
    """All or nothing, a plug-in."""
    answers = element.findall("answer")
    right = find_right([_weigh(answer) for answer in answers], is_single=False)
    return _make(
        "multiple", options=tuple(_read_text(answer) for answer in answers), answers=(right,)
    )


def _read_truth(element: Element) -> RawQuestion:
    right = [_text(each).lower() for each in element.findall("answer") if _weigh(each) == FULL]
    options = (_("对"), _("错"))
    return _make(
        "judge",
        options=options,
        answers=(options[0] if right == ["true"] else options[1],) if right else (),
        explanation=_join_feedback(element),
    )


def _read_short_answer(element: Element) -> RawQuestion:
    answers = element.findall("answer")
    right = [read_literal(_text(each)) for each in answers if _weigh(each) == FULL]
    keeps_case = (element.findtext("usecase") or "0").strip() == "1"
    return _make(
        "blank",
        answers=(ALTERNATIVES.join(right),),
        explanation=_join_feedback(element),
        settings={"case_sensitive": "yes"} if keeps_case else {},
        notes=(_("有的答案原来只得部分分，没有采用。"),) if len(right) < len(answers) else (),
    )


def _read_number(element: Element) -> RawQuestion:
    right = [each for each in element.findall("answer") if _weigh(each) == FULL]
    span = None
    if len(right) == 1:
        tolerance = (right[0].findtext("tolerance") or "0").strip() or "0"
        span = read_span(f"{_text(right[0])}±{tolerance}")
    if span is None:
        raise MoodleError(_("数值题要有一个正确的数，允许误差也要是数；请改好再导入。"))
    units = element.findall("units/unit")
    return _make(
        "numeric",
        answers=(write_span(span),),
        explanation=_join_feedback(element),
        notes=(_("单位没有导入，答案只比较数；请在题干里写明单位。"),) if units else (),
    )


def _read_pairs(element: Element) -> RawQuestion:
    pairs = [
        join_pair(_read_text(each), _text(each.find("answer")))
        for each in element.findall("subquestion")
    ]
    return _make("matching", options=tuple(pairs))


def _read_essay(element: Element) -> RawQuestion:
    model = _read_text(element.find("graderinfo"))
    return _make("short", answers=(model,) if model else ())


def _read_order(element: Element) -> RawQuestion:
    return _make("ordering", options=tuple(_read_text(each) for each in element.findall("answer")))


def _read_gaps(element: Element) -> RawQuestion:
    found = read_cloze(_read_text(element.find("questiontext")))
    if found is None:
        raise MoodleError(_("完形填空里只能有填空（SHORTANSWER），别的小题请拆成单独的题。"))
    return _make("blank", stem=found.stem, answers=found.answers, settings=found.settings)


def _join_feedback(element: Element) -> str:
    texts = (_read_text(each) for each in element.findall("answer/feedback"))
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _explain_kind(kind: str) -> str:
    if kind == "description":
        return _("这是一段说明，不是题。")
    return _("这里没有“%(kind)s”这种题型，没有导入。") % {"kind": kind[:30]}


_READERS: dict[str, Callable[[Element], RawQuestion]] = {
    "multichoice": _read_choice,
    "multichoiceset": _read_choice_set,
    "truefalse": _read_truth,
    "shortanswer": _read_short_answer,
    "numerical": _read_number,
    "matching": _read_pairs,
    "match": _read_pairs,
    "essay": _read_essay,
    "ordering": _read_order,
    "cloze": _read_gaps,
    "multianswer": _read_gaps,
}
