"""Whether a file names somebody: workbooks, archives of them, and plain text."""

import io
import zipfile
from collections.abc import Iterable

from django.core.files.base import File

ENCODINGS = ("utf-8", "gb18030", "utf-16-le")
# Their text is drawn with the glyphs' own numbers: nothing can be looked for in them.
OPAQUE = (b"%PDF",)
MOST_BYTES = 200 * 1024 * 1024
DEEPEST = 2


def may_name(file: File, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the file, or it cannot be told. A missing file: no."""
    if not file.storage.exists(file.name):
        return False
    needles = {word.encode(encoding) for word in words for encoding in ENCODINGS}
    with file.storage.open(file.name) as opened:
        return _holds(opened.read(MOST_BYTES), needles, depth=0)


def _holds(content: bytes, needles: set[bytes], depth: int) -> bool:
    if content.startswith(OPAQUE) or len(content) >= MOST_BYTES:
        return True
    if not content.startswith(b"PK"):
        return any(needle in content for needle in needles)
    if depth == DEEPEST:
        return True
    try:
        return _archive_holds(content, needles, depth)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return True


def _archive_holds(content: bytes, needles: set[bytes], depth: int) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if any(needle in entry.filename.encode() for needle in needles):
                return True
            with archive.open(entry) as opened:
                if _holds(opened.read(MOST_BYTES), needles, depth + 1):
                    return True
    return False
