"""What a rendered text says, and how long it takes to read. Pure: HTML in, facts out."""

import re
from dataclasses import dataclass
from html import unescape
from math import ceil

# Our readers, on a phone. A Latin word or a number is read like two characters.
CHARACTERS_PER_MINUTE = 400
CHARACTERS_PER_WORD = 2

# A film's transcript is folded away: whoever watched need not read it.
UNSHOWN = re.compile(
    r"<(script|style|template)\b.*?</\1\s*>|<!--.*?-->"
    r"|<details\b[^>]*\btranscript\b.*?</details\s*>",
    re.S | re.I,
)
TAG = re.compile(r"<[^>]*>")
BLOCK = re.compile(
    r"</?(?:p|h\d|li|div|tr|td|th|br|figcaption|blockquote|dt|dd|summary)\b[^>]*>", re.I
)
# A player says itself how long it plays.
PLAYED = re.compile(r'\bdata-seconds="(\d{1,6})"')
WORD = re.compile(r"[A-Za-z0-9]+(?:[.,'’-][A-Za-z0-9]+)*")
# Everything that is a letter and not of a word above: Chinese, extension blocks included.
CHARACTER = re.compile(r"[^\W\dA-Za-z_]")
SENTENCE = re.compile(r".+?[。！？!?…]+[”’」』）)]*", re.S)


@dataclass(frozen=True)
class Reading:
    """`characters` to be read, `seconds` to be watched or heard."""

    characters: int
    seconds: int

    @property
    def minutes(self) -> int:
        """Whole minutes, at least one; 0 when there is nothing."""
        return ceil(self.characters / CHARACTERS_PER_MINUTE + self.seconds / 60)


def measure(html: str) -> Reading:
    text = text_of(html)
    words = WORD.findall(text)
    characters = len(CHARACTER.findall(WORD.sub(" ", text))) + CHARACTERS_PER_WORD * len(words)
    return Reading(characters, sum(int(seconds) for seconds in PLAYED.findall(html)))


def text_of(html: str) -> str:
    """What is shown, a line for each paragraph."""
    shown = BLOCK.sub("\n", " ".join(UNSHOWN.sub(" ", html).split()))
    lines = unescape(TAG.sub("", shown)).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def opening(text: str, limit: int) -> str:
    """The first sentence; more of them, or less of one, as `limit` characters allow."""
    flat = " ".join(text.split())
    taken = ""
    for sentence in SENTENCE.findall(flat):
        if taken and len(taken + sentence) > limit:
            break
        taken += sentence
    taken = taken.strip() or flat
    return taken if len(taken) <= limit else f"{taken[: limit - 1]}…"
