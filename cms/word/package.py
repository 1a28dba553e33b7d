"""Opening a .docx that nobody vouches for.

The converter gets a copy of the parts that were looked into and of no other: no document types, no
macros, nothing that is not an XML part or a picture.
"""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath

from django.utils.translation import gettext as _

from cms.word.losses import Losses
from cms.word.numbering import type_numbers
from federations.workbooks import Archive, UnsafeWorkbook, open_archive
from federations.workbooks.guard import ENCRYPTED_STREAM, OLE_SIGNATURE
from federations.workbooks.limits import TooLarge
from federations.workbooks.xml import local_name, parse

MAX_FILE_BYTES = 10 * 1024**2
DOCUMENT, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
MACROS = "word/vbaproject.bin"
MEDIA = "word/media/"
# A report of 30,000 characters has about 20,000; the converter takes 1 KB of memory for each.
MAX_ELEMENTS = 100_000
# Word itself stays below 60; what walks the tree calls itself.
MAX_DEPTH = 100
MAX_XML_BYTES = 30 * 1024**2
MAX_PICTURE_BYTES = 10 * 1024**2
MAX_MEDIA_BYTES = 60 * 1024**2
OLD_KINDS = {".doc", ".wps", ".wpt", ".dot", ".rtf"}


class UnreadableWord(Exception):
    """Nothing can be taken from the file; the message says why and what to do, in Chinese."""


@dataclass(frozen=True)
class Package:
    """`file` is the clean copy; `title` stands in the document's properties."""

    file: BytesIO
    losses: Losses
    title: str


def open_package(path: Path, name: str) -> Package:
    """Raises UnreadableWord. `name` is what the editor calls the file."""
    _check_name(name)
    _check_start(path)
    try:
        with open_archive(path, needed=DOCUMENT, advice=_save_anew()) as archive:
            if MACROS in archive:
                raise UnreadableWord(_refuse_macros())
            return _copy(archive)
    except UnsafeWorkbook as error:
        raise UnreadableWord(str(error)) from error


def _save_anew() -> str:
    return _("请用 Word 或 WPS 打开，点“文件—另存为”，类型选“Word 文档（*.docx）”，再来导入。")


def _refuse_macros() -> str:
    return _("文档里有宏，为了安全不收。") + _save_anew()


def _check_name(name: str) -> None:
    kind = PurePath(name).suffix.lower()
    if kind in OLD_KINDS:
        raise UnreadableWord(_("这是旧版 Word 或 WPS 格式（%s）。") % kind + _save_anew())
    if kind in (".docm", ".dotm"):
        raise UnreadableWord(_refuse_macros())
    if kind != ".docx":
        raise UnreadableWord(_("这不是 Word 文档（.docx）。") + _save_anew())


def _check_start(path: Path) -> None:
    """Old and locked documents are no zip files, whatever they are called."""
    content = path.read_bytes()
    if not content:
        raise UnreadableWord(_("文件是空的，请重新选择。"))
    if not content.startswith(OLE_SIGNATURE):
        return
    if ENCRYPTED_STREAM in content:
        raise UnreadableWord(
            _("文档有密码保护。请在 Word 里点“文件—信息—保护文档”，去掉密码，保存后再来导入。")
        )
    raise UnreadableWord(_("这是旧版 Word 格式，只是改了扩展名。") + _save_anew())


def _copy(archive: Archive) -> Package:
    losses = Losses()
    parts = {name: _read_xml(archive, name, losses) for name in archive.names if _is_xml(name)}
    if DOCUMENT not in parts:
        raise UnreadableWord(_("文件已损坏，无法读取。") + _save_anew())
    numbered = type_numbers(parts[DOCUMENT], parts.get(NUMBERING), parts.get(STYLES))
    parts |= {DOCUMENT: numbered.document}
    if numbered.numbering is not None:
        parts[NUMBERING] = numbered.numbering
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
        _copy_pictures(archive, target)
    copy.seek(0)
    return Package(copy, losses, _read_title(parts.get("docProps/core.xml", b"")))


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _read_xml(archive: Archive, name: str, losses: Losses) -> bytes:
    """Looked through before it is held as a tree. Raises TooLarge and UnsoundPart."""
    content = archive.read(name, most=MAX_XML_BYTES)
    is_body = name == DOCUMENT
    count = depth = 0

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth
        count, depth = count + 1, depth + 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise TooLarge
        if is_body:
            losses.start(local_name(element), attributes)

    def end(element: str) -> None:
        nonlocal depth
        depth -= 1
        losses.end(local_name(element))

    parse([content], start=start, end=end)
    return content


def _copy_pictures(archive: Archive, target: zipfile.ZipFile) -> None:
    total = 0
    for name in archive.names:
        if not name.lower().startswith(MEDIA) or _is_xml(name):
            continue
        try:
            content = archive.read(name, most=MAX_PICTURE_BYTES)
        except TooLarge:
            # Its place is kept, and it is listed as one that nobody can read.
            content = b""
        total += len(content)
        if total > MAX_MEDIA_BYTES:
            raise TooLarge
        target.writestr(name, content)


def _read_title(core: bytes) -> str:
    """Of the document's properties (Dublin Core)."""
    words: list[str] = []
    is_open = False

    def start(element: str, _attributes: dict[str, str]) -> None:
        nonlocal is_open
        is_open = local_name(element) == "title"

    if core:
        parse([core], start=start, text=lambda text: words.append(text) if is_open else None)
    return "".join(words).strip()
