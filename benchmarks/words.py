"""Sensitive words: a list of 10,000 held against a text of 10,000 characters.

    python benchmarks/words.py

Prints one line of JSON: milliseconds of the slowest, the median and building the list, and how
many hits there were. Words and text are drawn from the 1,500 characters that are common here, so
that hits, overlaps and near misses occur.
"""

import json
import os
import sys
import time
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cms.words.matching import build, find

WORDS, CHARACTERS, COMMON, REPEATS = 10_000, 10_000, 1_500, 20
SEED = 31


def draw(rng: Random, length: int) -> str:
    return "".join(chr(0x4E00 + rng.randrange(COMMON)) for _ in range(length))


def measure() -> dict:
    rng = Random(SEED)
    words: set[str] = set()
    while len(words) < WORDS:
        words.add(draw(rng, rng.choice([2, 2, 3, 4, 6])))
    listed = sorted(words)
    pieces = [
        draw(rng, 8) + rng.choice(["", "，", " ", "\u200b", rng.choice(listed)])
        for _ in range(CHARACTERS)
    ]
    text = "".join(pieces)[:CHARACTERS]
    before = time.perf_counter()
    automaton = build(listed)
    built = time.perf_counter() - before
    times, hits = [], 0
    for _ in range(REPEATS):
        before = time.perf_counter()
        hits = len(find(automaton, text))
        times.append(time.perf_counter() - before)
    return {
        "work": "words",
        "words": WORDS,
        "characters": len(text),
        "hits": hits,
        "build_ms": round(built * 1000, 1),
        "median_ms": round(median(times) * 1000, 1),
        "slowest_ms": round(max(times) * 1000, 1),
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
