"""Reads one .xls in a process of its own, with little memory; writes its rows as lines of JSON.

Run by legacy.py: `python legacy_child.py FILE MEGABYTES SECONDS`. The old format cannot be
measured beforehand, and the reader lays a sheet out from its first cell to its last.
"""

import datetime
import json
import resource
import sys
from typing import Any

PASSWORD, BROKEN = 3, 4


def encode(value: Any) -> Any:
    if isinstance(value, datetime.timedelta):
        return {"timedelta": value.total_seconds()}
    if isinstance(value, datetime.date | datetime.time):
        return {type(value).__name__: value.isoformat()}
    return value


def main(path: str, megabytes: int, seconds: int) -> int:
    # Before the reader is loaded: the limits are what this process is for.
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024**2, megabytes * 1024**2))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import (  # noqa: PLC0415 see above
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
    )

    try:
        with open(path, "rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                print(json.dumps(sheet.name))
                for row in workbook.get_sheet_by_name(sheet.name).iter_rows():
                    print(json.dumps([encode(cell) for cell in row]))
    except PasswordError:
        return PASSWORD
    except (CalamineError, OSError, ValueError):
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
