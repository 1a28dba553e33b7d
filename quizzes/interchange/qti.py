"""Reading QTI packages, 2.1 to 3.0: a zip with imsmanifest.xml and a file for each question."""

import posixpath
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from django.utils.translation import gettext as _

from federations.workbooks import DAMAGES, Archive, UnsafeWorkbook, open_archive
from federations.workbooks.limits import TooLarge
from federations.workbooks.xml import UnsoundPart

from .entries import Entry, Problem, RawQuestion, UnreadableFile
from .memo import apply_memo
from .qti_items import QtiError, read_item
from .qti_names import attribute, find_all, local
from .xml_files import check, iter_deep, parse_small

LABEL = "QTI"
MANIFEST = "imsmanifest.xml"
MEMO = "zhiweiquestion"
MAX_MANIFEST_BYTES = 40 * 1024**2
MAX_ITEM_BYTES = 2 * 1024**2
MAX_MANIFEST_ELEMENTS = 600_000
MAX_MANIFEST_CHARS = 40_000_000


def read(path: Path) -> Iterator[Entry]:
    """Every question of the package, in the order of its manifest. Raises UnreadableFile."""
    advice = _("请从原来的系统重新导出 QTI 包（zip，里面有 imsmanifest.xml）。")
    try:
        with ExitStack() as stack:
            archive = stack.enter_context(open_archive(path, needed=MANIFEST, advice=advice))
            manifest = _read_manifest(archive)
            # It stays open for the items.
            opened = stack.pop_all()
    except UnsafeWorkbook as error:
        raise UnreadableFile(str(error)) from error
    return _read_items(opened, archive, manifest)


def _read_manifest(archive: Archive) -> list[tuple[str, str]]:
    """(href, memo) of each question."""
    content = archive.read(MANIFEST, most=MAX_MANIFEST_BYTES)
    check([content], elements=MAX_MANIFEST_ELEMENTS, chars=MAX_MANIFEST_CHARS)
    found = []
    for resource in iter_deep(BytesIO(content), depth=2):
        if local(resource.tag) == "resource" and attribute(resource, "type").startswith(
            "imsqti_item"
        ):
            memo = next((each.text or "" for each in find_all(resource, MEMO)), "")
            found.append((attribute(resource, "href"), memo))
    return found


def _read_items(
    stack: ExitStack, archive: Archive, manifest: list[tuple[str, str]]
) -> Iterator[Entry]:
    with stack:
        for number, (href, memo) in enumerate(manifest, start=1):
            try:
                yield _read_one(archive, href, memo, number)
            except QtiError as error:
                yield Problem(LABEL, number, str(error), text=href)


def _read_one(archive: Archive, href: str, memo: str, number: int) -> RawQuestion:
    name = posixpath.normpath(unquote(href.partition("?")[0]))
    if name not in archive:
        raise QtiError(_("包里没有这道题的文件“%(href)s”。") % {"href": href[:80]})
    try:
        item = parse_small(archive.read(name, most=MAX_ITEM_BYTES))
    except (UnsoundPart, TooLarge, *DAMAGES) as error:
        raise QtiError(_("这道题的文件已损坏或太大，没有导入。")) from error
    question = replace(read_item(item), sheet=LABEL, row=number)
    return apply_memo(question, memo)
