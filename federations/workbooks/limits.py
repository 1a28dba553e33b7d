"""What a workbook may ask for.

Together they keep an import below 400 MB, of which 170 MB are the site itself. The real
question workbook has 3,164 filled rows, 0.1 million elements and 0.5 million characters.
"""

from dataclasses import dataclass

MAX_UNPACKED_BYTES = 200 * 1024**2
# XML packs to a tenth, repetitive sheets to a fiftieth. Small files may do as they like.
MAX_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 5 * 1024**2

# An entry costs ten times its directory record in memory; 10,000 questions need 1.5 MB.
MAX_DIRECTORY_BYTES = 6 * 1024**2

# A tag or comment is held in one piece.
MAX_TOKEN_BYTES = 8 * 1024**2
MAX_ELEMENTS = 4_000_000
# Rows with a value in all sheets together; each becomes an entry with its problems.
MAX_FILLED_ROWS = 100_000
# From the first to the last cell with a value, the empty ones between them too; per sheet.
MAX_GRID_CELLS = 1_000_000
# A shared string counts once for itself and once for every cell that names it.
MAX_TEXT_CHARS = 12_000_000
MAX_INDEX_DIGITS = 100

# Measured with openpyxl, per element; styles, validations and the like are large objects.
COPY_BYTES = {"c": 400, "row": 800, **dict.fromkeys(("v", "f", "is", "si", "t", "r", "rPr"), 100)}
COPY_BYTES_OF_OTHERS = 1500
MAX_COPY_BYTES = 120_000_000


@dataclass(frozen=True)
class Limits:
    """What one way of reading may be asked for."""

    unpacked_bytes: int = MAX_UNPACKED_BYTES
    elements: int = MAX_ELEMENTS
    filled_rows: int = MAX_FILLED_ROWS
    grid_cells: int = MAX_GRID_CELLS
    text_chars: int = MAX_TEXT_CHARS


# A sheet laid out in memory.
STANDARD = Limits()
# A sheet read row by row holds one row and the shared strings: a roster of the whole province has
# 450,000 rows of eight cells, 12 million elements, 30 million characters where none is shared.
STREAMED = Limits(
    unpacked_bytes=800 * 1024**2,
    elements=30_000_000,
    filled_rows=650_000,
    grid_cells=30_000_000,
    text_chars=100_000_000,
)
# What the shared strings alone may hold, each once; they stay in memory while rows are read.
MAX_SHARED_CHARS = 30_000_000


class TooLarge(Exception):
    """The workbook would need more memory than the site may give it."""
