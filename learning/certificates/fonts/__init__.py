"""Cutting a small font for one document: exactly its characters, out of several large fonts.

The first font that has a character gives it. So a name with a rare character needs no second font
in the file, and what makes the file works on a hundred glyphs in place of thirty thousand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.transform import Scale
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

FAMILY = "Certificate"
UNITS = 1000
ASCENT, DESCENT = 880, -120
# What stands for a character that no font has: the printers' mark for a missing sort.
MISSING = "〓"
# In thousandths of the em: finer than any printer.
MAX_ERROR = 0.6
# Glyphs kept for the next document; a few kilobytes each.
MOST_KEPT = 4000
# In seconds since 1904, as fonts count: 2026-01-01.
MADE = 3_850_070_400
# Upper bounds that a renderer sets memory aside by; counting would unpack every glyph.
MOST_IN_GLYPH = {"maxPoints": 2000, "maxContours": 200}

STANDARD_FONTS = [pylopdf_fonts_zh_cn.serif_path(), Path(__file__).with_name("rare.ttf")]


class Source:
    """A large font, read only where it is needed."""

    def __init__(self, path: Path):
        self.font = TTFont(path, lazy=True, fontNumber=0)
        self.names = self.font.getBestCmap()
        self.scale = UNITS / self.font["head"].unitsPerEm

    @cached_property
    def glyphs(self):
        return self.font.getGlyphSet()

    def draw(self, character: str) -> "Sort":
        """The glyph with quadratic outlines."""
        glyph = self.glyphs[self.names[ord(character)]]
        pen = TTGlyphPen(None)
        # Postscript outlines run the other way round.
        curves = Cu2QuPen(pen, MAX_ERROR, reverse_direction="CFF " in self.font)
        glyph.draw(TransformPen(curves, Scale(self.scale)))
        drawn = pen.glyph()
        data = drawn.compile(None, recalcBBoxes=True)
        return Sort(data, round(glyph.width * self.scale), getattr(drawn, "xMin", 0))


@dataclass(frozen=True)
class Sort:
    """One glyph as it stands in a file: to put together bytes is all that a later font takes."""

    data: bytes
    advance: int
    left: int


class Cutter:
    """The large fonts, in order, and the glyphs that were drawn of late."""

    def __init__(self, extra: Sequence[Path] = ()):
        self.sources = [Source(path) for path in [*STANDARD_FONTS, *extra]]
        self.kept: dict[str, Sort] = {}

    def find_missing(self, text: str) -> list[str]:
        """Characters that none of the fonts has, sorted."""
        return sorted({each for each in text if each > " " and self._source(each) is None})

    def measure(self, text: str) -> float:
        """The width of the text at size 1."""
        return sum(self._draw(each).advance for each in text) / UNITS

    def cut(self, characters: Iterable[str]) -> bytes:
        """A TrueType font of these characters; a missing one looks like MISSING."""
        wanted = sorted({*characters, " ", MISSING} - {"\n"})
        if len(self.kept) > MOST_KEPT:
            self.kept.clear()
        names = {each: f"u{ord(each):X}" for each in wanted}
        sorts = {".notdef": self._draw(MISSING)}
        sorts |= {name: self._draw(each) for each, name in names.items()}
        builder = FontBuilder(UNITS, isTTF=True)
        builder.setupGlyphOrder(list(sorts))
        builder.setupCharacterMap({ord(each): name for each, name in names.items()})
        glyphs = {name: Glyph(sort.data) for name, sort in sorts.items()}
        builder.font["loca"] = newTable("loca")
        builder.font["glyf"] = newTable("glyf")
        builder.font["glyf"].glyphs = glyphs
        builder.font["glyf"].glyphOrder = list(glyphs)
        builder.setupHorizontalMetrics({name: (s.advance, s.left) for name, s in sorts.items()})
        builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
        builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
        builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, sCapHeight=733)
        builder.setupPost(keepGlyphNames=False)
        # The same characters are the same bytes, on whichever day they are cut.
        builder.updateHead(created=MADE, modified=MADE, xMax=UNITS, yMin=DESCENT, yMax=ASCENT)
        builder.font["maxp"].__dict__.update(MOST_IN_GLYPH)
        builder.font.recalcTimestamp = builder.font.recalcBBoxes = False
        file = BytesIO()
        builder.save(file)
        return file.getvalue()

    def _draw(self, character: str) -> Sort:
        if character not in self.kept:
            source = self._source(character)
            self.kept[character] = source.draw(character) if source else self._draw(MISSING)
        return self.kept[character]

    def _source(self, character: str) -> Source | None:
        return next((each for each in self.sources if ord(character) in each.names), None)
