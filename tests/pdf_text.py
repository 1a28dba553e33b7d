"""What is written in a PDF of the press, without any tool: its texts by page, line and place.

It reads what fpdf2 writes, one font with two bytes to a character; other PDFs it does not know.
"""

import re
import zlib
from itertools import groupby

STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
SHOWN = re.compile(rb"BT ([\d.]+) ([\d.]+) Td.*? \(((?:[^\\()]|\\.)*)\) Tj ET", re.DOTALL)
ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
CHARACTER = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
CONTROLS = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def read_lines(data: bytes) -> list[list[str]]:
    """Texts that stand on one line, from left to right; lines from the first page downwards."""
    streams = [_unpacked(found[1]) for found in STREAM.finditer(data)]
    (cmap,) = (each for each in streams if b"begincmap" in each)
    names = {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in CHARACTER.findall(cmap.partition(b"beginbfchar")[2])
    }
    lines = []
    for page in (each for each in streams if b" Tj ET" in each):
        texts = [(-float(y), float(x), _decoded(text, names)) for x, y, text in SHOWN.findall(page)]
        lines += [
            [text for _y, _x, text in line]
            for _key, line in groupby(sorted(texts), key=lambda each: each[0])
        ]
    return lines


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _decoded(text: bytes, names: dict[int, str]) -> str:
    plain = ESCAPED.sub(lambda found: CONTROLS.get(found[1], found[1]), text)
    codes = [int.from_bytes(plain[at : at + 2]) for at in range(0, len(plain), 2)]
    return "".join(names[code] for code in codes)
