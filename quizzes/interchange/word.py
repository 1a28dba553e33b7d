"""Questions in a Word document, as a teacher types them.

Numbered questions, typed or by Word itself; options on lines of their own or several on one; the
answer in the brackets of the stem or on a line 答案：…; then 解析：…; a heading, 一、单选题, for
the type. What is not understood is listed with its paragraph.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from federations.workbooks import UnsafeWorkbook, open_archive

from .entries import Entry, Problem, UnreadableFile
from .vocabulary import read_type
from .word_paragraphs import DOCUMENT, Paragraph, read_paragraphs
from .word_questions import WordError, read_question

LABEL = "Word"
_SECTION = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:部分|大题)?\s*[、.．:：]?|[（(][一二三四五六七八九十]{1,3}[)）]|[IVX]{1,4}[.、])\s*(.{0,40})"
)
_NUMBERED = re.compile(
    r"\s*(?:第\s*)?(\d{1,5})(?:\s*题\s*[、.．:：]?|\s*[、.．]|\s*[)）])\s*(?!\d)(.*)", re.DOTALL
)
# 参考答案 on a line of its own; what follows it counts from 1 again, "1-5 ABCDA" or by section.
_KEYS = re.compile(
    r"\s*[【\[]?(?:附[:：]?)?(?:(?P<named>参考|标准)|正确)?答案(?:[及与和]解析)?[】\]]?\s*"
    r"(?P<colon>[:：]?)\s*"
)
_SPAN_OF_KEYS = re.compile(r"\s*\d{1,4}\s*[-~—–～]\s*\d{1,4}\s*[:：.、]?\s*[A-Za-z对错√×]")


@dataclass(slots=True)
class _Block:
    """The lines of one question; `section` is the heading above it."""

    paragraph: int
    section: str
    type_key: str | None
    lines: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    number: int = 0
    # The last number of a list inside a model answer.
    listed: int = 0
    are_keys: bool = False


def read(path: Path) -> Iterator[Entry]:
    """Every question; `row` is its paragraph, `sheet` the heading. Raises UnreadableFile."""
    try:
        advice = _("请用 Word 打开后另存为 .docx 再导入。")
        with open_archive(path, needed=DOCUMENT, advice=advice) as archive:
            paragraphs = read_paragraphs(archive)
    except UnsafeWorkbook as error:
        raise UnreadableFile(str(error)) from error
    return _read_blocks(paragraphs)


def _read_blocks(paragraphs: Iterable[Paragraph]) -> Iterator[Entry]:
    for block in _divide(paragraphs):
        if block.are_keys:
            reason = _("答案在文末，请写到每题下面。")
            yield Problem(block.section or LABEL, block.paragraph, reason)
            return
        if block.lines == [] and not block.lost:
            continue
        try:
            yield read_question(
                place=block.section or LABEL,
                row=block.paragraph,
                lines=block.lines,
                type_key=block.type_key,
                lost=block.lost,
            )
        except WordError as error:
            text = "\n".join(block.lines)[:200]
            yield Problem(block.section or LABEL, block.paragraph, str(error), text=text)


def _divide(paragraphs: Iterable[Paragraph]) -> Iterator[_Block]:
    """A block for each number. What stands before the first number is a title, unless it is long
    or has options: then it is listed as a block that nobody understands."""
    block = _Block(1, "", None)
    for paragraph in paragraphs:
        for place, line in enumerate(paragraph.text.split("\n")):
            label = paragraph.label if place == 0 else ""
            section = _read_section(line, label)
            start = None if section else _read_start(line, label, block)
            if _begins_keys(block, line, section, start):
                yield block
                yield _Block(paragraph.number, block.section, None, are_keys=True)
                return
            if section:
                yield block
                block = _Block(paragraph.number, *section)
            elif start:
                yield block
                number, text = start
                block = _Block(
                    paragraph.number, block.section, block.type_key, [text], set(), number
                )
            elif line.strip():
                prefix = f"{label}. " if label.isalpha() else ""
                _add_line(block, paragraph, prefix + line)
        block.lost |= paragraph.lost
    yield block


def _begins_keys(block: _Block, line: str, section, start: tuple[int, str] | None) -> bool:
    """Whether the keys of all questions follow, below a heading that looks like a last answer."""
    heading = _KEYS.fullmatch(block.lines[-1]) if block.lines else None
    if heading is None or not block.number:
        return False
    if section:
        return bool(heading["named"] and not heading["colon"])
    return bool(start and start[0] == 1) or bool(_SPAN_OF_KEYS.match(line))


def _add_line(block: _Block, paragraph: Paragraph, line: str) -> None:
    """Titles, and remarks below a heading, belong to no question."""
    if not block.lines and block.paragraph != paragraph.number and not _is_question(line):
        return
    if not block.lines and block.type_key is None and not _is_question(line):
        return
    if not block.lines:
        block.paragraph = paragraph.number
    block.lines.append(line)


def _is_question(line: str) -> bool:
    return (
        bool(re.match(r"\s*(?:[A-HＡ-Ｈ][.．、]|答案|参考答案|[（(]?\s*答案)", line))
        or len(line) > 120
    )


def _read_section(line: str, label: str) -> tuple[str, str | None] | None:
    """("单选题", "single") of "一、单选题（每题 2 分）"; None for anything else."""
    text = line.strip()
    match = _SECTION.fullmatch(text)
    bare = re.fullmatch(r"[【\[]?([^\s，。？！?!（(]{2,12})[】\]]?\s*(?:[（(].*[)）])?[:：]?", text)
    words = match[1] if match else bare[1] if bare and (not label or label.isalpha()) else ""
    key = read_type(words) if words and "题" in words else None
    if key is None:
        return None
    return re.split(r"[（(:：]", words)[0].strip() or words, key


def _read_start(line: str, label: str, block: _Block) -> tuple[int, str] | None:
    """The number of a question, typed or given by Word, and what follows it."""
    match = None if label.isdecimal() else _NUMBERED.fullmatch(line)
    if not match and not label.isdecimal():
        return None
    number, text = (int(match[1]), match[2]) if match else (int(label), line)
    return None if _is_listed(block, number) else (number, text)


def _is_listed(block: _Block, number: int) -> bool:
    """Model answers have numbered points: those that go on from 1, not from the question."""
    if block.type_key not in _WITH_POINTS or not any("答案" in line for line in block.lines):
        return False
    is_point = number == block.listed + 1 and (number > 1 or block.number != 0)
    block.listed = number if is_point else 0
    return is_point


_WITH_POINTS = frozenset({"short"})
