"""Cell values as the text that an editor meant."""

import datetime

Cell = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta

# datetime.datetime is a date as well.
DATES = (datetime.date, datetime.time, datetime.timedelta)


def read_text(value: Cell) -> str:
    """Whole numbers lose the ".0" that the workbook never showed; others keep 15 digits."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(float(f"{value:.15g}"))
    return str(value)
