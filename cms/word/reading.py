"""A Word document as title, blocks and pictures, and what it loses on the way."""

from dataclasses import dataclass
from pathlib import Path, PurePath
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from cms.word.blocks import HEADING_TAGS, SENTENCE, Block, Reader
from cms.word.conversion import convert
from cms.word.losses import Losses
from cms.word.package import UnreadableWord, open_package
from cms.word.tables import TableTooLarge
from cms.word.words import text_of

MAX_PICTURES = 100
MAX_BLOCKS = 1000
LONGEST_TITLE, LONGEST_FIRST_LINE = 255, 40


@dataclass(frozen=True)
class WordDocument:
    title: str
    blocks: list[Block]
    pictures: list[bytes]
    losses: Losses


def read_word(path: Path, name: str) -> WordDocument:
    """Raises UnreadableWord. `name` is what the editor calls the file."""
    package = open_package(path, name)
    converted = convert(package)
    if len(converted.pictures) > MAX_PICTURES:
        raise UnreadableWord(
            _("文档里有 %(n)d 张图，一篇最多 %(most)d 张。请分成几篇，或把活动照片挑一挑再来导入。")
            % {"n": len(converted.pictures), "most": MAX_PICTURES}
        )
    title = _take_title(converted.body, package.title) or PurePath(name).stem
    blocks, in_tables = _read_body(converted.body)
    package.losses.add("in_table", in_tables)
    return WordDocument(title[:LONGEST_TITLE], blocks, converted.pictures, package.losses)


def _read_body(body: Element) -> tuple[list[Block], int]:
    reader = Reader(has_headings=any(element.tag in HEADING_TAGS for element in body))
    try:
        reader.read(body)
    except TableTooLarge as error:
        raise UnreadableWord(
            _("文档里有一张很大的表（超过 5000 格或 60 列），手机上看不了。请作为 Excel 文件上传。")
        ) from error
    blocks = reader.finish()
    if not blocks:
        raise UnreadableWord(_("文档里没有文字，也没有图片，没有什么可以导入的。"))
    if len(blocks) > MAX_BLOCKS:
        raise UnreadableWord(_("文档太长了，请分成几篇导入。"))
    return blocks, reader.in_tables


def _take_title(body: Element, of_properties: str) -> str:
    """The paragraph in the style 标题, a heading at the very top, the document's properties, any
    heading, a short first line; what stands in the text is taken out of it."""
    elements = [element for element in body if _words(element)]
    styled = next((each for each in elements if each.get("class") == "title"), None)
    first = elements[0] if elements else None
    if styled is None and first is not None and first.tag in HEADING_TAGS:
        styled = first
    if styled is not None:
        body.remove(styled)
        return _words(styled)
    if of_properties:
        if first is not None and _words(first) == of_properties:
            body.remove(first)
        return of_properties
    heading = next((each for each in elements if each.tag in HEADING_TAGS), None)
    if heading is not None:
        return _words(heading)
    if elements[1:] and _is_title(first):
        body.remove(first)
        return _words(first)
    return ""


def _is_title(element: Element) -> bool:
    words = _words(element)
    is_plain = (element.tag, element.get("class"), element.find(".//img")) == ("p", None, None)
    return is_plain and len(words) <= LONGEST_FIRST_LINE and not SENTENCE.search(words)


def _words(element: Element) -> str:
    return "".join(text_of(element).split("\n")).strip()
