"""Serving media with byte ranges, so that a phone can seek and resume.

In production nginx sends the bytes (X-Accel-Redirect); elsewhere Django does.
"""

import mimetypes
import re
from pathlib import Path
from posixpath import normpath
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse

RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})$")
SAFE_TYPES = ("image/", "video/", "audio/", "text/vtt", "application/pdf")
mimetypes.add_type("text/vtt", ".vtt")


def serve_file(request, name: str) -> HttpResponse:
    """The stored file `name`. Raises Http404 when there is none."""
    if not is_stored(name):
        raise Http404
    if settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse(content_type=content_type(name))
        response["X-Accel-Redirect"] = settings.MEDIA_ACCEL_PREFIX + quote(name)
    else:
        response = _send(request, name)
        response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=86400"
    # An upload is never run as a page of this site.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def is_stored(name: str) -> bool:
    """Whether `name` is a file, and says itself where it lies: no "..", no empty part, no NUL."""
    is_plain = normpath(name) == name and not name.startswith(("/", "..")) and "\0" not in name
    return is_plain and _is_file(name)


def _is_file(name: str) -> bool:
    try:
        return Path(default_storage.path(name)).is_file()
    except NotImplementedError:
        # Object storage has no folders that could be taken for files.
        return default_storage.exists(name)


def content_type(name: str) -> str:
    guessed = mimetypes.guess_type(name)[0] or ""
    return guessed if guessed.startswith(SAFE_TYPES) else "application/octet-stream"


def _send(request, name: str) -> HttpResponse:
    size = default_storage.size(name)
    asked = request.headers.get("Range")
    if not asked:
        return FileResponse(default_storage.open(name), content_type=content_type(name))
    span = parse_range(asked, size)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return _send_part(name, *span, size)


def _send_part(name: str, start: int, end: int, size: int) -> HttpResponse:
    file = default_storage.open(name)
    file.seek(start)
    part = FileResponse(
        LimitedFile(file, end - start + 1), status=206, content_type=content_type(name)
    )
    part["Content-Range"] = f"bytes {start}-{end}/{size}"
    part["Content-Length"] = str(end - start + 1)
    return part


def parse_range(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a single-range header; None when it cannot be satisfied."""
    match = RANGE.match(asked.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    return (start, end) if start <= end and start < size else None


class LimitedFile:
    """A file that ends after `left` bytes."""

    def __init__(self, file, left: int):
        self.file, self.left = file, left

    def read(self, amount: int = -1) -> bytes:
        wanted = self.left if amount < 0 else min(amount, self.left)
        data = self.file.read(wanted)
        self.left -= len(data)
        return data

    def close(self):
        self.file.close()
