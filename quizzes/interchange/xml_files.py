"""Reading XML that nobody vouches for: measured in a stream before any tree is built."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse
from django.utils.translation import gettext as _

from federations.workbooks.limits import TooLarge
from federations.workbooks.xml import UnsoundPart, parse

from .entries import UnreadableFile

MAX_BYTES = 60 * 1024**2
MAX_DEPTH = 60
# One question with its feedback has about a hundred.
MAX_ELEMENTS_EACH = 20_000
MAX_TEXT_EACH = 2_000_000
MAX_CHILDREN = 200_000
CHUNK_BYTES = 256 * 1024


def iter_children(path: Path, root: str) -> Iterator[Element]:
    """The children of the root element, one in memory at a time.

    Raises UnreadableFile, before the first, unless the file is sound XML with this root.
    """
    try:
        if Path(path).stat().st_size > MAX_BYTES:
            raise TooLarge
        found = check(_read_chunks(path))
    except TooLarge as error:
        raise UnreadableFile(_("文件太大或嵌套太深，没有读取；请分成几个文件导入。")) from error
    except UnsoundPart as error:
        raise UnreadableFile(
            _("这不是完整的 XML 文件，无法读取；请从原来的系统重新导出。")
        ) from error
    except OSError as error:
        raise UnreadableFile(_("打不开文件：%(error)s。") % {"error": error.strerror}) from error
    if found != root:
        raise UnreadableFile(
            _("这个 XML 文件不是 Moodle 题库（最外层应是 <%(root)s>）；请从 Moodle 导出题库再试。")
            % {"root": root}
        )
    return iter_deep(path, depth=1)


def parse_small(content: bytes) -> Element:
    """The root element of a short document. Raises UnsoundPart and TooLarge."""
    check([content])
    try:
        return fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnsoundPart from error


def check(
    chunks: Iterable[bytes], *, elements: int = MAX_ELEMENTS_EACH, chars: int = MAX_TEXT_EACH
) -> str:
    """The root's name. The limits are for each child of the root.

    Raises TooLarge and UnsoundPart, also for a document type.
    """
    meter = _Meter(elements, chars)
    parse(chunks, start=meter.start, end=meter.end, text=meter.text)
    return meter.root


class _Meter:
    def __init__(self, most_elements: int, most_chars: int) -> None:
        self.root = ""
        self._most_elements, self._most_chars = most_elements, most_chars
        self._depth = self._elements = self._chars = self._children = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name
        self._depth += 1
        self._elements += 1
        self._chars += sum(map(len, attributes.values()))
        if self._depth == 2:
            self._children += 1
            self._elements = self._chars = 0
        self._check()

    def end(self, _name: str) -> None:
        self._depth -= 1

    def text(self, text: str) -> None:
        self._chars += len(text)
        self._check()

    def _check(self) -> None:
        if (
            self._depth > MAX_DEPTH
            or self._elements > self._most_elements
            or self._chars > self._most_chars
            or self._children > MAX_CHILDREN
        ):
            raise TooLarge


def iter_deep(source: Path | IO[bytes], *, depth: int) -> Iterator[Element]:
    """The elements `depth` levels below the root of XML that was checked, each dropped after."""
    above: list[Element] = []
    for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if len(above) == depth:
            yield element
            above[-1].remove(element)


def _read_chunks(path: Path) -> Iterator[bytes]:
    with Path(path).open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
