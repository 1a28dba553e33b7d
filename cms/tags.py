"""Tags as people type them."""

import csv

# The commas of a Chinese keyboard, and the ends of a line.
COMMAS = str.maketrans("，、；\r\n", ",,,  ")


def read_tags(text: str) -> list[str]:
    """What `TAGGIT_TAGS_FROM_STRING` names: 反家暴，婚姻家庭 are two. Sorted, each once.

    Commas part them; without one, spaces do. What stands in double quotes is one tag: that is how
    the admin's field sends one with a space or a comma in it.
    """
    line = text.translate(COMMAS).strip()
    words = _split(line, ",")
    if len(words) < 2:
        words = _split(line, " ")
    return sorted({word.strip() for word in words} - {""})


def _split(line: str, delimiter: str) -> list[str]:
    """What stands between delimiters, those in quotes not counted."""
    return [
        each
        for row in csv.reader([line], delimiter=delimiter, skipinitialspace=True)
        for each in row
    ]
