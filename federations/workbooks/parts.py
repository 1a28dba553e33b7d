"""The parts inside the archive: which are read, and in which order."""

import zipfile
from collections.abc import Iterator
from typing import IO

from .limits import (
    MAX_DIRECTORY_BYTES,
    MAX_RATIO,
    RATIO_COUNTS_FROM_BYTES,
    STANDARD,
    Limits,
    TooLarge,
)
from .meter import PartMeter
from .xml import Attributes, UnsoundPart, local_name, parse

CHUNK_BYTES = 256 * 1024
MAX_SHEETS = 1000
WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SHARED_STRINGS = "xl/sharedstrings.xml"
_XML = (".xml", ".rels", ".vml")

Parts = dict[str, zipfile.ZipInfo]

_END_RECORD = b"PK\x05\x06"
_END_RECORD_WITHIN = 64 * 1024 + 22


def open_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """The directory is measured before zipfile makes an object of each entry. Raises TooLarge."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_RECORD_WITHIN))
    tail = file.read()
    # Any of them may be the one that zipfile takes for the end.
    place = tail.find(_END_RECORD)
    while place >= 0:
        length = int.from_bytes(tail[place + 12 : place + 16], "little")
        if length > MAX_DIRECTORY_BYTES:
            raise TooLarge
        place = tail.find(_END_RECORD, place + 1)
    file.seek(0)
    return zipfile.ZipFile(file)


def list_parts(archive: zipfile.ZipFile) -> Parts:
    """The parts by the name under which the reader finds them: in any case, with any slash.

    Two of one name could show the guard another part than the reader.
    """
    parts = {each.filename.lower().replace("\\", "/"): each for each in archive.infolist()}
    if len(parts) < len(archive.infolist()):
        raise UnsoundPart
    return parts


def check_sizes(parts: Parts, limits: Limits = STANDARD) -> None:
    unpacked = sum(part.file_size for part in parts.values())
    packed = sum(part.compress_size for part in parts.values())
    is_absurd = unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * packed
    if unpacked > limits.unpacked_bytes or is_absurd:
        raise TooLarge


def measure_parts(archive: zipfile.ZipFile, parts: Parts, limits: Limits = STANDARD) -> int:
    """Return what a copy would cost. Reading checks the checksums as well."""
    meter = PartMeter(limits)
    names = [name for name in parts if name.endswith(_XML)]
    # Shared strings come first: sheets only name them.
    for name in sorted(names, key=lambda each: each != _SHARED_STRINGS):
        meter.measure(read_part(archive, parts[name]))
    _check_targets(archive, parts)
    return meter.copy_bytes


def _check_targets(archive: zipfile.ZipFile, parts: Parts) -> None:
    """The reader takes any part for a sheet; only those named *.xml were measured."""
    relations = _find_elements(archive, parts, _RELATIONS, "Relationship")
    unmeasured = {
        each["Id"]
        for each in relations
        if "Id" in each and not each.get("Target", "").lower().endswith(".xml")
    }
    sheets = _find_elements(archive, parts, WORKBOOK, "sheet")
    if any(unmeasured.intersection(each.values()) for each in sheets):
        raise UnsoundPart


def _find_elements(
    archive: zipfile.ZipFile, parts: Parts, part: str, wanted: str
) -> list[Attributes]:
    found: list[Attributes] = []

    def start(name: str, attributes: Attributes) -> None:
        if local_name(name) == wanted:
            found.append(attributes)
            if len(found) > MAX_SHEETS:
                raise TooLarge

    if part in parts:
        parse(read_part(archive, parts[part]), start=start)
    return found


def read_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
