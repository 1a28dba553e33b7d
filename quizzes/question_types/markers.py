"""Pictures and recordings in a text: `[图片:12]`, `[音频:5]`, with the file's id."""

import re
from collections.abc import Iterable

PICTURE, AUDIO = "图片", "音频"
MARKER = re.compile(rf"\[({PICTURE}|{AUDIO}):([0-9]{{1,18}})\]")
# As it comes from a Chinese keyboard.
_LOOSE = re.compile(rf"[\[【［]\s*({PICTURE}|{AUDIO})\s*[:：]\s*([0-9]{{1,18}})\s*[\]】］]")


def write_marker(kind: str, file_id: int) -> str:
    """`kind` is PICTURE or AUDIO."""
    return f"[{kind}:{file_id}]"


def tidy_markers(text: str) -> str:
    """Bring markers into the one form that is looked for."""
    return _LOOSE.sub(lambda found: write_marker(found[1], int(found[2])), text)


def find_marked(texts: Iterable[str], kind: str) -> set[int]:
    """The ids of the files of one kind that the texts show."""
    return {int(found[2]) for text in texts for found in MARKER.finditer(text) if found[1] == kind}


def drop_markers(text: str) -> str:
    """The words alone; of a text that has none, what it shows: 图片 or 音频."""
    words = " ".join(MARKER.sub(" ", text).split())
    return words or "、".join(found[1] for found in MARKER.finditer(text))
