"""Streaming through XML that nobody vouches for."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from .limits import MAX_TOKEN_BYTES, TooLarge

Attributes = dict[str, str]


class UnsoundPart(Exception):
    """A part that is not well-formed XML, or holds a document type, which no office writes."""


def parse(
    chunks: Iterable[bytes],
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > MAX_TOKEN_BYTES:
                raise TooLarge
        parser.Parse(b"", True)
    # Besides bad XML: an encoding that nobody knows, and numbers out of range.
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UnsoundPart from error


def local_name(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_doctype(*_names: object) -> None:
    raise UnsoundPart
