"""A Bloom filter in a file: is this word on a list of millions, without the list. Pure.

What is on the list is always found; of what is not, one in `1 / rate` is taken for it.
"""

import math
import mmap
import struct
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

# What it is, how many words it holds, how many bits it has, how many of them a word sets.
HEADER = struct.Struct("<8sQQQ")
KIND = b"bloom-1\0"


class Bloom:
    """A filter that `write_bloom` wrote. The file stays on disk, one copy for all processes: a
    question reads as many of its bytes as a word sets bits."""

    def __init__(self, path: Path):
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        kind, self.count, self._bits, self._hashes = HEADER.unpack_from(self._bytes)
        if kind != KIND:
            raise ValueError(f"{path} is no Bloom filter")

    def __contains__(self, word: str) -> bool:
        return all(
            self._bytes[HEADER.size + (place >> 3)] >> (place & 7) & 1
            for place in _places(word, self._bits, self._hashes)
        )


def write_bloom(path: Path, words: Iterable[str], *, count: int, rate: float) -> None:
    """Write a filter of `count` words; `rate` is the share of others that it takes for them."""
    bits = math.ceil(-count * math.log(rate) / math.log(2) ** 2 / 8) * 8
    hashes = max(1, round(bits / count * math.log(2)))
    table = bytearray(bits // 8)
    for word in words:
        for place in _places(word, bits, hashes):
            table[place >> 3] |= 1 << (place & 7)
    path.write_bytes(HEADER.pack(KIND, count, bits, hashes) + table)


def _places(word: str, bits: int, hashes: int) -> Iterator[int]:
    """Two halves of one digest make all of a word's places."""
    digest = blake2b(word.encode(), digest_size=16).digest()
    start = int.from_bytes(digest[:8], "little")
    step = int.from_bytes(digest[8:], "little") | 1
    return ((start + number * step) % bits for number in range(hashes))
