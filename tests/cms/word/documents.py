"""Word documents for tests: as Word writes them, and as nobody should."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from PIL import Image


def picture(colour: str = "red", size=(60, 40), kind: str = "PNG") -> BytesIO:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    file.seek(0)
    return file


def save(document: Document, folder: Path, name: str = "a.docx") -> Path:
    path = folder / name
    document.save(path)
    return path


def make(folder: Path, *lines: str | tuple[str, str]) -> Path:
    """A document of paragraphs, each a text or (style, text)."""
    document = docx.Document()
    for line in lines:
        style, text = line if isinstance(line, tuple) else ("Normal", line)
        document.add_paragraph(text, style=style)
    return save(document, folder)


def change(path: Path, change_parts: Callable[[dict[str, bytes]], None]) -> Path:
    """The same package with other parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change_parts(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def put_into_body(path: Path, xml: str) -> Path:
    """`xml` at the end of the body, with the prefixes that the document declares."""

    def insert(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"].decode()
        parts["word/document.xml"] = body.replace("<w:sectPr", f"{xml}<w:sectPr", 1).encode()

    return change(path, insert)


def set_alt(document: Document, text: str) -> None:
    """Alternative text of the last picture."""
    document.inline_shapes[-1]._inline.docPr.set("descr", text)
