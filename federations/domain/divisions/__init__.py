"""Import of the federation tree: a reader, a pure checker and a writer.

import_federations(path=SHIPPED_FILE) -> ImportResult
"""

from federations.domain.divisions.importing import (
    SHIPPED_FILE,
    ImportResult,
    import_federations,
)
from federations.domain.divisions.rows import DivisionRow, RowProblem, TreeFileError

__all__ = [
    "SHIPPED_FILE",
    "DivisionRow",
    "ImportResult",
    "RowProblem",
    "TreeFileError",
    "import_federations",
]
