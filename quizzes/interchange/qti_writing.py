"""Writing a QTI 2.1 package."""

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _

from .entries import Problem, RawQuestion
from .gift_answers import ALTERNATIVES
from .memo import write_memo
from .numbers import span_of
from .pairs import split_pair
from .qti import LABEL, MANIFEST
from .qti_flow import put_flow
from .stem_fields import FIELD, place_fields
from .weights import LETTERS
from .writable import NotHeld, check_writable, refuse

ITEM = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
OURS = "urn:zhiwei-xuetang:question"
_MATCH_CORRECT = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"


def write(path: Path, questions: Iterable[RawQuestion], bank_name: str) -> list[Problem]:
    """Returns the questions that are not in the package, with the reasons."""
    problems: list[Problem] = []
    manifest = _start_manifest(bank_name)
    resources = SubElement(manifest, "resources")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for question in check_writable(questions, HELD_TYPES, LABEL, problems):
            name = f"q{len(resources) + 1:05d}"
            try:
                item = _make_item(name, question)
            except NotHeld as error:
                problems.append(refuse(question, str(error)))
                continue
            href = f"items/{name}.xml"
            archive.writestr(href, _serialise(item))
            _add_resource(resources, name, href, write_memo(question))
        archive.writestr(MANIFEST, _serialise(manifest))
    return problems


def _serialise(element: Element) -> bytes:
    return tostring(element, encoding="utf-8", xml_declaration=True)


def _start_manifest(bank_name: str) -> Element:
    manifest = Element("manifest", xmlns=PACKAGE, identifier="zhiwei-xuetang")
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(SubElement(manifest, "organizations"), "title", xmlns=OURS).text = bank_name
    return manifest


def _add_resource(resources: Element, name: str, href: str, memo: str) -> None:
    resource = SubElement(
        resources, "resource", identifier=name, type="imsqti_item_xmlv2p1", href=href
    )
    metadata = SubElement(resource, "metadata")
    SubElement(metadata, "zhiweiQuestion", xmlns=OURS).text = memo
    SubElement(resource, "file", href=href)


def _make_item(name: str, question: RawQuestion) -> Element:
    item = Element(
        "assessmentItem",
        xmlns=ITEM,
        identifier=name,
        title=" ".join(question.stem.split())[:60],
        adaptive="false",
        timeDependent="false",
    )
    body = Element("itemBody")
    _WRITERS[question.type](item, body, question)
    SubElement(
        item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"
    )
    if question.explanation:
        outcome = {"cardinality": "single", "baseType": "identifier"}
        SubElement(item, "outcomeDeclaration", identifier="FEEDBACK", **outcome)
    item.append(body)
    _add_processing(item, question)
    if question.explanation:
        feedback = {"outcomeIdentifier": "FEEDBACK", "identifier": "EXPLANATION"}
        element = SubElement(item, "modalFeedback", showHide="show", **feedback)
        put_flow(element, question.explanation)
    return item


def _declare(
    item: Element, values: Iterable[str], *, base: str, cardinality: str, name: str = "RESPONSE"
) -> Element:
    declaration = SubElement(
        item, "responseDeclaration", identifier=name, cardinality=cardinality, baseType=base
    )
    correct = SubElement(declaration, "correctResponse")
    for value in values:
        SubElement(correct, "value").text = value
    return declaration


def _put_choices(body: Element, choices: dict[str, str], most: int, shuffle: str) -> None:
    interaction = SubElement(
        body,
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle=shuffle,
        maxChoices=str(most),
    )
    for identifier, text in choices.items():
        SubElement(interaction, "simpleChoice", identifier=identifier).text = text


def _write_single(item: Element, body: Element, question: RawQuestion) -> None:
    _declare(item, question.answers, base="identifier", cardinality="single")
    put_flow(body, question.stem)
    _put_choices(body, dict(zip(LETTERS, question.options, strict=False)), 1, "true")


def _write_multiple(item: Element, body: Element, question: RawQuestion) -> None:
    _declare(item, question.answers[0], base="identifier", cardinality="multiple")
    put_flow(body, question.stem)
    _put_choices(body, dict(zip(LETTERS, question.options, strict=False)), 0, "true")


def _write_truth(item: Element, body: Element, question: RawQuestion) -> None:
    right = "true" if question.answers == question.options[:1] else "false"
    _declare(item, [right], base="identifier", cardinality="single")
    put_flow(body, question.stem)
    _put_choices(body, {"true": question.options[0], "false": question.options[1]}, 1, "false")


def _write_blank(item: Element, body: Element, question: RawQuestion) -> None:
    if FIELD in question.stem:
        raise NotHeld(_("题干里有不能写进文件的特殊字符，这道题没有导出。"))
    names = [f"RESPONSE{number}" for number in range(1, len(question.answers) + 1)]
    for name, answer in zip(names, question.answers, strict=True):
        texts = answer.split(ALTERNATIVES)
        declaration = _declare(item, texts[:1], base="string", cardinality="single", name=name)
        mapping = SubElement(declaration, "mapping", defaultValue="0")
        for text in texts:
            SubElement(mapping, "mapEntry", mapKey=text, mappedValue="1")
    put_flow(body, place_fields(question.stem, len(names)), names)


def _write_number(item: Element, body: Element, question: RawQuestion) -> None:
    span = span_of(question)
    if span is None:
        raise NotHeld(_("QTI 放不下这个数值答案，这道题没有导出。"))
    _declare(item, [span.middle], base="float", cardinality="single")
    put_flow(body, f"{question.stem}\n{FIELD}", ["RESPONSE"])


def _write_pairs(item: Element, body: Element, question: RawQuestion) -> None:
    pairs = [split_pair(option) for option in question.options]
    left = {f"L{number}": mine for number, (mine, _its) in enumerate(pairs, start=1) if mine}
    texts = dict.fromkeys(its for _mine, its in pairs)
    right = {f"R{number}": its for number, its in enumerate(texts, start=1)}
    names = {its: name for name, its in right.items()}
    values = [
        f"L{number} {names[its]}" for number, (mine, its) in enumerate(pairs, start=1) if mine
    ]
    _declare(item, values, base="directedPair", cardinality="multiple")
    put_flow(body, question.stem)
    interaction = SubElement(
        body, "matchInteraction", responseIdentifier="RESPONSE", shuffle="true", maxAssociations="0"
    )
    for choices, most in ((left, "1"), (right, "0")):
        group = SubElement(interaction, "simpleMatchSet")
        for name, text in choices.items():
            choice = {"identifier": name, "matchMax": most}
            SubElement(group, "simpleAssociableChoice", **choice).text = text


def _write_order(item: Element, body: Element, question: RawQuestion) -> None:
    items = {f"I{number}": text for number, text in enumerate(question.options, start=1)}
    _declare(item, items, base="identifier", cardinality="ordered")
    put_flow(body, question.stem)
    interaction = SubElement(
        body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true"
    )
    for name, text in items.items():
        SubElement(interaction, "simpleChoice", identifier=name).text = text


def _write_essay(item: Element, body: Element, question: RawQuestion) -> None:
    attributes = {"identifier": "RESPONSE", "cardinality": "single", "baseType": "string"}
    SubElement(item, "responseDeclaration", **attributes)
    put_flow(body, question.stem)
    if question.answers:
        put_flow(SubElement(body, "rubricBlock", view="scorer"), "\n".join(question.answers))
    SubElement(body, "extendedTextInteraction", responseIdentifier="RESPONSE")


def _add_processing(item: Element, question: RawQuestion) -> None:
    add = _PROCESSING.get(question.type)
    if add:
        add(SubElement(item, "responseProcessing"), question)
    else:
        SubElement(item, "responseProcessing", template=_MATCH_CORRECT)


def _process_number(processing: Element, question: RawQuestion) -> None:
    """Right within the tolerance, on both sides."""
    tolerance = span_of(question).tolerance
    condition = SubElement(SubElement(processing, "responseCondition"), "responseIf")
    margins = {"toleranceMode": "absolute", "tolerance": f"{tolerance} {tolerance}"}
    equal = SubElement(condition, "equal", **margins)
    SubElement(equal, "variable", identifier="RESPONSE")
    SubElement(equal, "correct", identifier="RESPONSE")
    _set_score(condition)


def _process_blanks(processing: Element, question: RawQuestion) -> None:
    total = SubElement(SubElement(processing, "setOutcomeValue", identifier="SCORE"), "sum")
    for number in range(1, len(question.answers) + 1):
        SubElement(total, "mapResponse", identifier=f"RESPONSE{number}")


def _set_score(condition: Element) -> None:
    outcome = SubElement(condition, "setOutcomeValue", identifier="SCORE")
    SubElement(outcome, "baseValue", baseType="float").text = "1"


_WRITERS: dict[str, Callable[[Element, Element, RawQuestion], None]] = {
    "single": _write_single,
    "multiple": _write_multiple,
    "judge": _write_truth,
    "blank": _write_blank,
    "numeric": _write_number,
    "matching": _write_pairs,
    "ordering": _write_order,
    "short": _write_essay,
}
_PROCESSING: dict[str, Callable[[Element, RawQuestion], None]] = {
    "numeric": _process_number,
    "blank": _process_blanks,
}
HELD_TYPES = frozenset(_WRITERS)
