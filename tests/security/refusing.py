"""Run as a program: reads the files that are named, and says how each was refused and what it cost.

    python -m tests.security.refusing picture a.png workbook b.xlsx …   → a line of JSON for each

It may have 700 MB in all; beyond that Python gets no memory and the file counts as accepted.
"""

import json
import resource
import sys
from pathlib import Path

import django

MOST = 700 * 1024**2


def refuse_picture(path: Path) -> str:
    from django.core.exceptions import ValidationError  # noqa: PLC0415 after django.setup
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415
    from wagtail.images.fields import WagtailImageField  # noqa: PLC0415

    try:
        WagtailImageField().clean(SimpleUploadedFile(path.name, path.read_bytes(), "image/png"))
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def refuse_workbook(path: Path) -> str:
    from federations.workbooks import UnsafeWorkbook, check_workbook  # noqa: PLC0415

    try:
        check_workbook(path)
    except UnsafeWorkbook as error:
        return str(error)
    return ""


def refuse_questions(path: Path) -> str:
    from quizzes.interchange.entries import UnreadableFile  # noqa: PLC0415
    from quizzes.interchange.registry import find_format  # noqa: PLC0415

    try:
        list(find_format(path.name, path).read(path))
    except UnreadableFile as error:
        return str(error)
    return ""


def refuse_word(path: Path) -> str:
    from cms.word.package import UnreadableWord, open_package  # noqa: PLC0415

    try:
        open_package(path, path.name)
    except UnreadableWord as error:
        return str(error)
    return ""


READERS = {
    "picture": refuse_picture,
    "workbook": refuse_workbook,
    "questions": refuse_questions,
    "word": refuse_word,
}


def read_peak() -> int:
    """Megabytes. Not `ru_maxrss`: that begins with what the starting process had."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MOST, MOST))
    django.setup()
    for reader, name in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        said = READERS[reader](Path(name))
        peak = read_peak()
        print(json.dumps({"file": f"{reader}/{Path(name).name}", "said": said, "peak": peak}))
