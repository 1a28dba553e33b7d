"""Rows that ask several questions about one text.

A 题组 column with equal values in consecutive rows, or a 材料 column with equal texts, makes one
case of them. Its text is the 材料 cell, or the 题干 of a first row whose 题型 is 材料题: that row
also says the case's explanation, difficulty and tags.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from .entries import Entry, Problem, RawQuestion

CASE = "case"
_ASK_SEVERAL = frozenset({CASE})


@dataclass(frozen=True, slots=True)
class GroupedEntry:
    """A row with what makes it belong to its neighbours; `group` is empty for most."""

    entry: Entry
    group: str = ""
    material: str = ""


def join_cases(rows: Iterable[GroupedEntry]) -> Iterator[Entry]:
    """Each row, or the case that it is part of, in the order of the sheet."""
    for group, members in groupby(rows, key=lambda each: each.group or each.material):
        if group:
            yield from _join_case(list(members))
        else:
            yield from (member.entry for member in members)


def _join_case(rows: list[GroupedEntry]) -> Iterator[Entry]:
    entries = [row.entry for row in rows]
    if any(isinstance(entry, Problem) for entry in entries):
        yield from (_refuse(entry) for entry in entries)
        return
    if entries[0].type in _ASK_SEVERAL:
        head, parts = entries[0], entries[1:]
    else:
        material = next((row.material for row in rows if row.material), "")
        head, parts = _make_head(entries[0], material), entries
    yield join_parts(head, parts)


def join_parts(head: RawQuestion, parts: list[RawQuestion]) -> RawQuestion:
    """The case; what explains a part is said in the explanation of the whole."""
    explanations = [
        _("第 %(number)d 小题：%(text)s") % {"number": number, "text": part.explanation}
        for number, part in enumerate(parts, start=1)
        if part.explanation
    ]
    explanation = "\n".join(filter(None, [head.explanation, *explanations]))
    notes = (*head.notes, *(note for part in parts for note in part.notes if part.row != head.row))
    return replace(head, explanation=explanation, parts=tuple(parts), notes=notes)


def _make_head(first: RawQuestion, material: str) -> RawQuestion:
    return RawQuestion(
        sheet=first.sheet,
        row=first.row,
        type=CASE,
        stem=material,
        difficulty=first.difficulty,
        knowledge_point=first.knowledge_point,
        source=first.source,
        notes=first.notes,
        tags=first.tags,
    )


def _refuse(entry: Entry) -> Problem:
    """A case with a part left out would be another question."""
    if isinstance(entry, Problem):
        return entry
    reason = _("同一题组里有读不懂的题，整组没有导入；请先改好那一题。")
    return Problem(entry.sheet, entry.row, reason, entry.type)
