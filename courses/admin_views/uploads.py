"""Chunked uploads: begin, ask how far it is, send the next chunk. Everything answers in JSON."""

import json

from django.http import JsonResponse, RawPostDataException
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.permissions import policy_registry

from courses.domain.uploads import (
    CHUNK_SIZE,
    OutOfStep,
    StorageFull,
    UploadRefused,
    begin_upload,
    find_upload,
    take_chunk,
)
from courses.models import LessonMedia, MediaUpload

LARGEST_NUMBER = 2**53


def for_media_editors(view):
    """Only who may add a recording, or change one, may send one."""

    def check(request, *args, **kwargs):
        policy = policy_registry.get_by_type(LessonMedia)
        if not policy.user_has_any_permission(request.user, ["add", "change"]):
            return JsonResponse({"message": _("您没有上传音视频的权限。")}, status=403)
        return view(request, *args, **kwargs)

    return check


@for_media_editors
@require_POST
def begin(request):
    name, size, modified = _read_file_facts(request)
    if name is None:
        return JsonResponse({"message": _("请重新选择文件再传。")}, status=400)
    try:
        upload = begin_upload(
            owner=request.user, name=name, size=size, modified=modified, now=timezone.now()
        )
    except UploadRefused as error:
        return _refusal(error)
    return JsonResponse(_facts(upload))


@for_media_editors
@require_http_methods(["GET", "POST"])
def chunk(request, pk):
    """GET: how far it is. POST: the bytes from `?offset=` on, as the body."""
    upload = find_upload(owner=request.user, upload_id=pk)
    if upload is None:
        return JsonResponse({"message": _("这次上传已经不在了，请重新选择文件。")}, status=404)
    if request.method == "GET":
        return JsonResponse(_facts(upload))
    try:
        offset = _number(request.GET.get("offset"))
        received = take_chunk(
            upload=upload, offset=offset, data=read_body(request), now=timezone.now()
        )
    except OutOfStep as error:
        return JsonResponse({"received": error.received}, status=409)
    except UploadRefused as error:
        return _refusal(error)
    return JsonResponse({"received": received})


def _read_file_facts(request) -> tuple[str | None, int, int]:
    try:
        facts = json.loads(request.body)
        name, size = facts["name"], facts["size"]
        str(name).encode()  # half a surrogate is no name
    except (ValueError, RecursionError, TypeError, KeyError, RawPostDataException):
        return None, 0, 0
    if not isinstance(name, str) or type(size) is not int:
        return None, 0, 0
    return name, size, _number(facts.get("modified"))


def _number(value) -> int:
    """-1 for what is none: no upload is at that offset."""
    text = str(value)
    is_plain = text.isascii() and text.isdecimal() and len(text) < 17
    return min(int(text), LARGEST_NUMBER) if is_plain else -1


def read_body(request) -> bytes:
    """A little more than a chunk at most: one that is too long is told from one that fits."""
    data = request.read(CHUNK_SIZE + 1)
    # A line that broke in the middle of a chunk.
    is_whole = str(len(data)) == request.META.get("CONTENT_LENGTH", "").strip()
    return data if is_whole else b""


def _facts(upload: MediaUpload) -> dict:
    return {"id": str(upload.pk), "received": upload.received, "chunk": CHUNK_SIZE}


def _refusal(error: UploadRefused) -> JsonResponse:
    status = 507 if isinstance(error, StorageFull) else 400
    return JsonResponse({"message": str(error)}, status=status)
