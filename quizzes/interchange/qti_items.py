"""One QTI item as a question: choice, match, order, text entry, extended text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from quizzes.question_types.judge import read_truth

from .entries import RawQuestion
from .gift_answers import ALTERNATIVES
from .numbers import Span, read_span, write_span
from .pairs import join_pair
from .qti_names import attribute, find_all, find_one, has_media, local, read_flow
from .stem_fields import take_fields
from .weights import LETTERS

_NUMBERS = ("float", "integer")


class QtiError(Exception):
    """No question for us; the message says why."""


@dataclass(frozen=True, slots=True)
class _Declaration:
    base_type: str
    is_single: bool
    # The right values, and those of a mapping: the best of a single one, else all with a plus.
    correct: tuple[str, ...]
    mapped: tuple[str, ...]


def read_item(item: Element) -> RawQuestion:
    """Raises QtiError."""
    body = find_one(item, "itembody")
    if local(item.tag) != "assessmentitem" or body is None:
        raise QtiError(_("这个文件不是 QTI 试题。"))
    if has_media(body):
        raise QtiError(_("题里有图片、音频或公式，没有导入；请导入文字后再补上。"))
    if any(True for _each in find_all(item, "printedvariable", "templatedeclaration")):
        raise QtiError(_("题里的文字或数是每次随机生成的，没有导入；请改成固定的题。"))
    declarations = {
        attribute(each, "identifier"): _read_declaration(each)
        for each in find_all(item, "responsedeclaration")
    }
    interactions = [each for each in body.iter() if local(each.tag).endswith("interaction")]
    question = _read_interactions(item, interactions, declarations)
    prompts = [read_flow(each) for each in find_all(body, "prompt")]
    stem = "\n".join(filter(None, [read_flow(body), *prompts]))
    wrong = _find_wrong(interactions, declarations)
    feedback = (
        read_flow(each)
        for each in find_all(item, "modalfeedback")
        if attribute(each, "identifier") not in wrong
    )
    explanation = "\n".join(filter(None, feedback))
    return RawQuestion(sheet="", row=0, stem=take_fields(stem), explanation=explanation, **question)


def _find_wrong(interactions: list[Element], declarations: Mapping[str, _Declaration]) -> set[str]:
    """Identifiers of wrong choices: what is said to them explains no right answer."""
    right = {value for each in declarations.values() for value in (each.correct or each.mapped)}
    choices = (each for one in interactions for each in find_all(one, "simplechoice"))
    return {attribute(each, "identifier") for each in choices} - right | {"incorrect", "INCORRECT"}


def _read_declaration(element: Element) -> _Declaration:
    correct = find_one(element, "correctresponse")
    values = [] if correct is None else [each.text or "" for each in find_all(correct, "value")]
    entries = [
        (attribute(each, "mapkey"), _read_float(attribute(each, "mappedvalue", "0")))
        for each in find_all(element, "mapentry")
    ]
    is_single = attribute(element, "cardinality") == "single"
    best = max((value for _key, value in entries), default=0)
    return _Declaration(
        base_type=attribute(element, "basetype").lower(),
        is_single=is_single,
        correct=tuple(value.strip() for value in values),
        mapped=tuple(
            key.strip() for key, value in entries if value > 0 and (value == best or not is_single)
        ),
    )


def _read_float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _read_interactions(
    item: Element, interactions: list[Element], declarations: Mapping[str, _Declaration]
) -> dict:
    kinds = {local(each.tag) for each in interactions}
    responses = [declarations.get(attribute(each, "responseidentifier")) for each in interactions]
    if not interactions or None in responses:
        raise QtiError(_("这道题没有作答的地方，或没有写答案。"))
    if kinds == {"textentryinteraction"}:
        return _read_entries(item, responses)
    [kind, *others] = kinds
    if others or len(interactions) > 1 or kind not in _READERS:
        raise QtiError(_("这里没有“%(kind)s”这种题型，没有导入。") % {"kind": kind[:40]})
    return _READERS[kind](interactions[0], responses[0], item)


def _read_choices(interaction: Element, name: str) -> dict[str, str]:
    return {attribute(each, "identifier"): read_flow(each) for each in find_all(interaction, name)}


def _read_choice(interaction: Element, response: _Declaration, _item: Element) -> dict:
    choices = _read_choices(interaction, "simplechoice")
    right = response.correct or response.mapped
    letters = (letter for letter, each in zip(LETTERS, choices, strict=False) if each in right)
    texts = tuple(choices.values())
    is_judge = sorted(map(str, map(read_truth, texts))) == ["False", "True"]
    plain = "single" if response.is_single else "multiple"
    return {
        "type": "judge" if is_judge and response.is_single else plain,
        "options": texts,
        "answers": ("".join(letters),),
    }


def _read_match(interaction: Element, response: _Declaration, _item: Element) -> dict:
    sets = list(find_all(interaction, "simplematchset"))
    if len(sets) != 2:
        raise QtiError(_("配对题要有左右两组，没有导入。"))
    left, right = (_read_choices(each, "simpleassociablechoice") for each in sets)
    pairs = [value.split() for value in response.correct or response.mapped]
    if any(len(pair) != 2 or pair[0] not in left or pair[1] not in right for pair in pairs):
        raise QtiError(_("配对题的答案和左右两组对不上，没有导入。"))
    used = {its for _mine, its in pairs}
    options = [join_pair(left[mine], right[its]) for mine, its in pairs]
    options += [join_pair("", text) for each, text in right.items() if each not in used]
    return {"type": "matching", "options": tuple(options)}


def _read_order(interaction: Element, response: _Declaration, _item: Element) -> dict:
    items = _read_choices(interaction, "simplechoice")
    if sorted(response.correct) != sorted(items):
        raise QtiError(_("排序题的答案没有写全，没有导入。"))
    return {"type": "ordering", "options": tuple(items[each] for each in response.correct)}


def _read_essay(_interaction: Element, response: _Declaration, item: Element) -> dict:
    rubrics = [
        read_flow(each)
        for each in find_all(item, "rubricblock")
        if "scorer" in attribute(each, "view")
    ]
    answers = tuple(filter(None, rubrics)) or response.correct
    return {"type": "short", "answers": answers}


def _read_entries(item: Element, responses: list[_Declaration]) -> dict:
    if len(responses) == 1 and responses[0].base_type in _NUMBERS:
        return {"type": "numeric", "answers": (_read_number(item, responses[0]),)}
    answers = [dict.fromkeys((*each.correct, *each.mapped)) for each in responses]
    return {"type": "blank", "answers": tuple(ALTERNATIVES.join(each) for each in answers)}


def _read_number(item: Element, response: _Declaration) -> str:
    value = next(iter((*response.correct, *response.mapped)), "")
    equal = find_one(item, "equal")
    mode = "" if equal is None else attribute(equal, "tolerancemode")
    tolerances = attribute(equal, "tolerance").split() if mode in ("absolute", "relative") else []
    below, above = (tolerances[0], tolerances[-1]) if tolerances else ("0", "0")
    if mode == "relative" and below == above:
        return f"{value}±{below}%"
    span = _read_uneven(value, below, above, is_relative=mode == "relative")
    if span is None:
        raise QtiError(_("看不懂数值答案“%(text)s”。") % {"text": value[:40]})
    return write_span(span)


def _read_uneven(value: str, below: str, above: str, *, is_relative: bool) -> Span | None:
    """ "5", "1", "2" → 4 to 7: QTI's two tolerances are the lower and the upper one."""
    middle, low, high = map(read_span, (value, below, above))
    if middle is None or low is None or high is None:
        return None
    unit = abs(middle.low) / 100 if is_relative else 1
    span = (middle.low - abs(low.low) * unit, middle.low + abs(high.low) * unit)
    return Span(*span, has_middle=below == above)


_READERS: dict[str, Callable[[Element, _Declaration, Element], dict]] = {
    "choiceinteraction": _read_choice,
    "matchinteraction": _read_match,
    "orderinteraction": _read_order,
    "extendedtextinteraction": _read_essay,
}
