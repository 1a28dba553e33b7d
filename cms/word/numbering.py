"""Word's own numbers are no text: what a list in a page could not show is typed out.

A plain list 1, 2, 3 stays a list. Numbers like 一、 or 第一条, and lists that go on after other
paragraphs, would begin again at 1. WordprocessingML numbering: ISO/IEC 29500-1, 17.9.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring

from cms.word.numerals import write_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLAIN = re.compile(r"%1\s*[.．、)）]?")


@dataclass
class Level:
    number_format: str
    text: str
    start: int


@dataclass
class Item:
    """A numbered paragraph: its list, its depth and what Word shows in front of it."""

    paragraph: Element
    abstract: str
    list_id: str
    depth: int
    is_bullet: bool
    is_plain: bool
    number: int
    label: str


@dataclass
class Numbered:
    """The parts anew; `numbering` is None where there is none."""

    document: bytes
    numbering: bytes | None = None


@dataclass
class Lists:
    """The definitions, and how far each list has counted."""

    levels: dict[str, dict[int, Level]]
    abstract_of: dict[str, str]
    by_style: dict[str, tuple[str, int]]
    restarts: dict[tuple[str, int], int]
    counts: dict[str, Counter] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def type_numbers(document: bytes, numbering: bytes | None, styles: bytes | None) -> Numbered:
    if numbering is None:
        return Numbered(document)
    root, definitions = fromstring(document), fromstring(numbering)
    lists = _read_lists(definitions, fromstring(styles) if styles else None)
    runs = list(_runs(root, lists))
    typed = _typed(runs)
    for item in (each for run in runs for each in run):
        _write(item, is_typed=item.abstract in typed and not item.is_bullet)
    # Every paragraph says itself by now which list it belongs to.
    for level in definitions.iter(f"{W}lvl"):
        for style in level.findall(f"{W}pStyle"):
            level.remove(style)
    return Numbered(tostring(root, encoding="utf-8"), tostring(definitions, encoding="utf-8"))


def _read_lists(definitions: Element, styles: Element | None) -> Lists:
    levels, abstract_of, restarts = {}, {}, {}
    for abstract in definitions.iter(f"{W}abstractNum"):
        levels[abstract.get(f"{W}abstractNumId", "")] = {
            _number(level.get(f"{W}ilvl")): Level(
                number_format=_value(level, "numFmt") or "decimal",
                text=_value(level, "lvlText"),
                start=_number(_value(level, "start") or "1"),
            )
            for level in abstract.findall(f"{W}lvl")
        }
    for each in definitions.findall(f"{W}num"):
        list_id = each.get(f"{W}numId", "")
        abstract_of[list_id] = _value(each, "abstractNumId")
        for override in each.findall(f"{W}lvlOverride"):
            if start := _value(override, "startOverride"):
                restarts[list_id, _number(override.get(f"{W}ilvl"))] = _number(start)
    return Lists(levels, abstract_of, _read_styles(styles), restarts)


def _read_styles(styles: Element | None) -> dict[str, tuple[str, int]]:
    found = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        place = style.find(f"{W}pPr/{W}numPr")
        if place is not None and _value(place, "numId"):
            name = style.get(f"{W}styleId", "")
            found[name] = (_value(place, "numId"), _number(_value(place, "ilvl")))
    return found


def _runs(root: Element, lists: Lists):
    """Numbered paragraphs that follow each other with nothing but empty ones between."""
    run: list[Item] = []
    for paragraph in root.iter(f"{W}p"):
        item = _read_item(paragraph, lists)
        if item:
            run.append(item)
        elif run and any(text.text for text in paragraph.iter(f"{W}t")):
            yield run
            run = []
    if run:
        yield run


def _read_item(paragraph: Element, lists: Lists) -> Item | None:
    place = _place(paragraph, lists)
    if place is None:
        return None
    list_id, depth = place
    abstract = lists.abstract_of.get(list_id, "")
    levels = lists.levels.get(abstract, {})
    level = levels.get(depth)
    if level is None:
        return None
    counts = _count(lists, abstract, list_id, depth, level)
    return Item(
        paragraph=paragraph,
        abstract=abstract,
        list_id=list_id,
        depth=depth,
        is_bullet=level.number_format in ("bullet", "none"),
        is_plain=level.number_format == "decimal"
        and bool(PLAIN.fullmatch(level.text.replace(f"%{depth + 1}", "%1"))),
        number=counts[depth],
        label=_label(level, levels, counts),
    )


def _place(paragraph: Element, lists: Lists) -> tuple[str, int] | None:
    """(list, depth) that the paragraph itself names, or else its style; list 0 is none."""
    own = paragraph.find(f"{W}pPr/{W}numPr")
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    by_style = lists.by_style.get(style.get(f"{W}val", ""), None) if style is not None else None
    list_id = _value(own, "numId") if own is not None else ""
    if list_id:
        return None if list_id == "0" else (list_id, _number(_value(own, "ilvl")))
    return by_style


def _count(lists: Lists, abstract: str, list_id: str, depth: int, level: Level) -> Counter:
    counts = lists.counts.setdefault(abstract, Counter())
    if list_id not in lists.seen:
        lists.seen.add(list_id)
        for (restarted, at), start in lists.restarts.items():
            if restarted == list_id:
                counts[at] = start - 1
    for deeper in [each for each in counts if each > depth]:
        del counts[deeper]
    counts[depth] = counts[depth] + 1 if depth in counts else level.start
    return counts


def _label(level: Level, levels: dict[int, Level], counts: Counter) -> str:
    """“（一）”, with the space that keeps a bare number from its text."""

    def show(match: re.Match) -> str:
        depth = int(match[1]) - 1
        above = levels.get(depth, level)
        return write_number(counts.get(depth, above.start), above.number_format)

    label = re.sub(r"%([1-9])", show, level.text)
    return f"{label} " if label[-1:].isalnum() or label.endswith((".", ")")) else label


def _typed(runs: list[list[Item]]) -> set[str]:
    """Lists with numbers of another kind, and those that go on where one run ended."""
    typed = set()
    for run in runs:
        begun = set()
        for item in run:
            if not item.is_bullet and not item.is_plain:
                typed.add(item.abstract)
            if item.abstract not in begun and not item.is_bullet and item.number != 1:
                typed.add(item.abstract)
            begun.add(item.abstract)
    return typed


def _write(item: Item, *, is_typed: bool) -> None:
    properties = item.paragraph.find(f"{W}pPr")
    if properties is None:
        return
    for place in properties.findall(f"{W}numPr"):
        properties.remove(place)
    if is_typed:
        run = Element(f"{W}r")
        SubElement(run, f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        run[0].text = item.label
        item.paragraph.insert(list(item.paragraph).index(properties) + 1, run)
        return
    place = SubElement(properties, f"{W}numPr")
    SubElement(place, f"{W}ilvl", {f"{W}val": str(item.depth)})
    SubElement(place, f"{W}numId", {f"{W}val": item.list_id})


def _value(parent: Element, name: str) -> str:
    found = parent.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _number(text: str | None) -> int:
    return int(text[:6]) if text and text.isascii() and text.isdecimal() else 0
