"""Files copied with their SHA-256."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

CHUNK = 1024 * 1024


def copy_tree(source: Path, target: Path, *, mode: int) -> dict[str, str]:
    """Copy every file, with these permissions; returns path below `source` → SHA-256 of the copy.

    What is deleted meanwhile is left out.
    """
    copied = {}
    for path in files_below(source):
        below = path.relative_to(source)
        try:
            copied[below.as_posix()] = _copy(path, target / below, mode)
        except FileNotFoundError:
            continue
    return copied


def files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path


def hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: Path, target: Path, mode: int) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as read:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as write:
            while chunk := read.read(CHUNK):
                digest.update(chunk)
                write.write(chunk)
    return digest.hexdigest()
