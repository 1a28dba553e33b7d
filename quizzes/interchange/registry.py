"""The formats of question files. A new one is a module with `read` and, if it can, `write`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federations.workbooks import UnsafeWorkbook, list_names

from . import (
    excel,
    excel_writing,
    gift,
    gift_writing,
    moodle_xml,
    moodle_xml_writing,
    qti,
    qti_writing,
    word,
)
from .entries import Entry, Problem, RawQuestion, UnreadableFile

# Writes a file for a bank of this name. Returns the questions that the format cannot hold, with
# the reasons; all others are in the file.
Write = Callable[[Path, Iterable[RawQuestion], str], list[Problem]]


@dataclass(frozen=True, slots=True)
class Format:
    """`read(path)` gives questions and problems in the order of the file; it raises UnreadableFile
    before giving the first.

    `extensions` begin with a dot; a file that is written has the first of them. `held_types` are
    the types that a written file can hold, as keys of the registry. `marker` is the part that
    tells a zipped file of this format from others. A table has rows that can be copied.
    """

    key: str
    label: str | Promise
    extensions: tuple[str, ...]
    read: Callable[[Path], Iterator[Entry]]
    write: Write | None = None
    held_types: frozenset[str] = frozenset()
    marker: str = ""
    is_table: bool = False


FORMATS: dict[str, Format] = {
    each.key: each
    for each in (
        Format(
            key="excel",
            label=gettext_lazy("Excel 表格"),
            extensions=(".xlsx", ".xls", ".csv", ".tsv"),
            read=excel.read,
            write=excel_writing.write,
            held_types=excel_writing.HELD_TYPES,
            marker="xl/workbook.xml",
            is_table=True,
        ),
        Format(
            key="word",
            label=gettext_lazy("Word 文档"),
            extensions=(".docx",),
            read=word.read,
            marker="word/document.xml",
        ),
        Format(
            key="gift",
            label=gettext_lazy("GIFT 文本"),
            extensions=(".gift", ".txt"),
            read=gift.read,
            write=gift_writing.write,
            held_types=gift_writing.HELD_TYPES,
        ),
        Format(
            key="moodle_xml",
            label=gettext_lazy("Moodle XML"),
            extensions=(".xml",),
            read=moodle_xml.read,
            write=moodle_xml_writing.write,
            held_types=moodle_xml_writing.HELD_TYPES,
        ),
        Format(
            key="qti",
            label=gettext_lazy("QTI 试题包"),
            extensions=(".zip",),
            read=qti.read,
            write=qti_writing.write,
            held_types=qti_writing.HELD_TYPES,
            marker="imsmanifest.xml",
        ),
    )
}


def find_format(filename: str, path: Path) -> Format:
    """The format of an uploaded file: by its name, confirmed by what is in it.

    Raises UnreadableFile when no format has this extension, or the content is another one's.
    """
    extension = Path(filename).suffix.lower()
    named = next((each for each in FORMATS.values() if extension in each.extensions), None)
    if named is None:
        raise UnreadableFile(_explain_unknown(extension))
    found = _recognise(path)
    if found and found is not named:
        raise UnreadableFile(
            _("文件名的结尾是 %(extension)s，里面却是%(label)s；请把结尾改成 %(right)s 再试。")
            % {"extension": extension, "label": found.label, "right": found.extensions[0]}
        )
    return named


def _recognise(path: Path) -> Format | None:
    """By the parts of a zipped file; nothing is unpacked. Damage is for the reader to tell."""
    try:
        names = list_names(path)
    except UnsafeWorkbook as error:
        raise UnreadableFile(str(error)) from error
    return next((each for each in FORMATS.values() if each.marker in names), None)


def _explain_unknown(extension: str) -> str:
    if extension == ".doc":
        return _("这是旧版 Word 文件，请用 Word 或 WPS 另存为 .docx 后再导入。")
    known = "、".join(ending for each in FORMATS.values() for ending in each.extensions)
    return _("不认识这种文件；可以导入的有：%(known)s。请换一种格式再试。") % {"known": known}
