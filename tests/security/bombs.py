"""Files that are small and ask for everything, made here."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def png(width: int, height: int, *, tail: bytes = b"") -> bytes:
    """One bit for a pixel and all of them black: a thousandth of what it unfolds to."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
        + tail
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook(sheet: bytes) -> bytes:
    kind = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    return zipped({"xl/workbook.xml": kind, "xl/worksheets/sheet1.xml": sheet})


def make_all(folder: Path) -> list[tuple[str, Path]]:
    """(who reads it, the file)."""
    zeros = bytes(300 * 1024**2)
    deep = b"<w:document>" + b"<w:p/>" * 3_000_000 + b"</w:document>"
    files = {
        "picture/drawing.svg": SVG,
        "picture/drawing.png": SVG,
        "picture/huge.png": png(11_000, 11_000),
        "picture/eleven.png": png(64, 64, tail=bytes(11 * 1024**2)),
        "picture/page.html": png(64, 64, tail=b"<script>alert(1)</script>"),
        "picture/page.jpg": b"GIF89a/*" + b"<script>alert(1)</script>",
        "workbook/zeros.xlsx": workbook(zeros),
        "workbook/entities.xlsx": workbook(ENTITIES.encode() + b"<a>&j;</a>"),
        "questions/zeros.xlsx": workbook(zeros),
        "questions/zeros.zip": zipped({"imsmanifest.xml": zeros}),
        "questions/entities.xml": ENTITIES.encode() + b"<quiz>&j;</quiz>",
        "questions/zeros.docx": zipped({"word/document.xml": zeros}),
        "word/zeros.docx": zipped({"word/document.xml": zeros, "[Content_Types].xml": b"<Types/>"}),
        "word/deep.docx": zipped({"word/document.xml": deep, "[Content_Types].xml": b"<Types/>"}),
        "word/entities.docx": zipped(
            {"word/document.xml": ENTITIES.encode() + b"<a>&j;</a>", "[Content_Types].xml": b"<T/>"}
        ),
    }
    made = []
    for name, content in files.items():
        reader, _, file = name.partition("/")
        path = folder / reader / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        made.append((reader, path))
    return made
