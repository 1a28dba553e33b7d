"""Uploads of up to 200 MB in chunks: a line that breaks costs one chunk, not the whole film."""

import errno
from datetime import datetime, timedelta
from pathlib import Path
from shutil import disk_usage
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from courses.models import MediaUpload
from courses.models.upload import FOLDER
from federations.domain.jobs import shorten_name
from members.models import Member

CHUNK_SIZE = 2 * 1024 * 1024
# What is left when the file and all that is made of it are there.
SPARE_SPACE = 300 * 1024 * 1024
MOST_UNFINISHED = 10
KEPT = timedelta(days=2)
FULL = {errno.ENOSPC, errno.EDQUOT}


class UploadRefused(Exception):
    """It cannot be taken; the message says why and what to do, in Chinese."""


class StorageFull(UploadRefused):
    def __init__(self):
        super().__init__(_("服务器的存储空间不够，现在传不了。请联系管理员，之后再接着传。"))


class OutOfStep(Exception):
    """The chunk does not follow what is there: go on from `received`."""

    def __init__(self, received: int):
        super().__init__(received)
        self.received = received


def begin_upload(
    *, owner: Member, name: str, size: int, modified: int, now: datetime
) -> MediaUpload:
    """A new upload, or the one of the same file that was left unfinished. Raises UploadRefused."""
    name = shorten_name(Path(name.replace("\\", "/").replace("\0", "")).name)
    _check(name, size)
    same = {"owner": owner, "name": name, "size": size, "modified": modified}
    upload = MediaUpload.objects.filter(**same).first()
    if upload is None:
        _check_space(owner, size)
        upload, _made = MediaUpload.objects.get_or_create(**same, defaults={"updated_at": now})
    _match_file(upload, now)
    return upload


def find_upload(*, owner: Member, upload_id: UUID | str) -> MediaUpload | None:
    """Another person's upload does not exist."""
    try:
        key = upload_id if isinstance(upload_id, UUID) else UUID(upload_id)
    except ValueError:
        return None
    return MediaUpload.objects.filter(pk=key, owner=owner).first()


def take_chunk(*, upload: MediaUpload, offset: int, data: bytes, now: datetime) -> int:
    """Append a chunk; returns how many bytes are there. Raises OutOfStep and UploadRefused.

    Two requests with the same chunk write the same bytes to the same place, and one of them counts.
    """
    if offset != upload.received:
        raise OutOfStep(upload.received)
    end = offset + len(data)
    if not data or len(data) > CHUNK_SIZE or end > upload.size:
        raise UploadRefused(_("收到的数据和文件对不上，请重新选择文件再传。"))
    try:
        _write(upload.path, offset, data)
    except FileNotFoundError:
        _match_file(upload, now)
        raise OutOfStep(upload.received) from None
    same = MediaUpload.objects.filter(pk=upload.pk, received=offset)
    if not same.update(received=end, updated_at=now):
        raise OutOfStep(_received(upload))
    return end


def claim_upload(*, upload: MediaUpload) -> bool:
    """Take a complete upload for a recording; of two forms that name it one gets it."""
    complete = MediaUpload.objects.filter(pk=upload.pk, received=F("size"))
    return bool(complete.delete()[0])


def remove_abandoned_uploads(*, now: datetime) -> int:
    """Delete what nobody went on with for two days; returns how many files."""
    MediaUpload.objects.filter(updated_at__lt=now - KEPT).delete()
    kept = {upload.path.name for upload in MediaUpload.objects.all()}
    count = 0
    # By what lies there: a row may have gone with its owner, or a claimed file been left behind.
    for path in Path(settings.MEDIA_ROOT, FOLDER).glob("*.part"):
        is_old = path.stat().st_mtime < (now - KEPT).timestamp()
        if is_old and path.name not in kept:
            path.unlink(missing_ok=True)
            count += 1
    return count


def _check(name: str, size: int) -> None:
    most = settings.RECORDING_MAX_SIZE
    if Path(name).suffix.lower().lstrip(".") not in settings.RECORDING_EXTENSIONS:
        raise UploadRefused(_("这不是音视频文件，请选 MP4、MOV、MP3、M4A 这一类的文件。"))
    if size > most:
        raise UploadRefused(too_large_text(most))
    if size <= 0:
        raise UploadRefused(_("这个文件是空的，请换一个文件。"))


def too_large_text(most: int) -> str:
    text = _("文件超过 %d MB，请压缩或分成几段后再上传。")
    return text % (most // 1024 // 1024)


def _check_space(owner: Member, size: int) -> None:
    if MediaUpload.objects.filter(owner=owner).count() >= MOST_UNFINISHED:
        raise UploadRefused(_("没传完的文件太多了。请先把它们传完，或过两天再传新的。"))
    folder = Path(settings.MEDIA_ROOT, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    if disk_usage(folder).free < 2 * size + SPARE_SPACE:
        raise StorageFull


def _match_file(upload: MediaUpload, now: datetime) -> None:
    """Make the file, and believe it before the row: a machine that fell may have lost bytes."""
    upload.path.parent.mkdir(parents=True, exist_ok=True)
    upload.path.touch()
    there = min(upload.received, upload.path.stat().st_size)
    MediaUpload.objects.filter(pk=upload.pk, received=upload.received).update(
        received=there, updated_at=now
    )
    upload.received = _received(upload)


def _received(upload: MediaUpload) -> int:
    return MediaUpload.objects.values_list("received", flat=True).filter(pk=upload.pk).first() or 0


def _write(path: Path, offset: int, data: bytes) -> None:
    try:
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(data)
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull from error
        raise
