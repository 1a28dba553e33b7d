"""From an original to what members play: asked for, done in the background, kept when whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from courses.domain.recording import UnplayableRecording
from courses.encoding.process import transcode_apart
from courses.encoding.sources import UnusableSource
from courses.encoding.transcoding import Progress, Renditions
from courses.models import LessonMedia
from courses.models.media import FOLDER
from federations.domain.jobs import ask_for_job
from federations.models import Job, Lane
from members.models import Member

KIND = "encode_media"
PARTS = ("video", "audio", "thumbnail")
POSTER = ("thumbnail", "is_thumbnail_made")
# What an encoding writes, and no form.
ENCODED = (
    *("video", "audio", "video_size", "audio_size"),
    *("duration", "width", "height", "encoded_file", "job"),
)


@transaction.atomic
def ask_for_encoding(*, media_id: int, owner: Member) -> Job:
    """Queue the encoding of the present original. Asking twice while it waits gives one job."""
    media = LessonMedia.objects.select_for_update().get(pk=media_id)
    params = {"media": media.pk, "file": media.file.name}
    if media.job and not media.job.is_finished and media.job.params == params:
        return media.job
    title = _("处理音视频《%s》") % media.title
    media.job = ask_for_job(kind=KIND, title=title, owner=owner, params=params, lane=Lane.ENCODING)
    media.save(update_fields=["job"])
    return media.job


def encode_media(*, media_id: int, file_name: str, mark: str, progress: Progress) -> bool:
    """Make the renditions of the original `file_name`, and put them in the place of older ones.

    False when there is nothing to do: done before, deleted, or replaced by another original in the
    meantime. Raises UnplayableRecording, FileNotFoundError and EncoderDied; what members play then
    stays as it was. `mark` makes the files' names unlike those of any other run.
    """
    media = LessonMedia.objects.filter(pk=media_id, file=file_name).first()
    if media is None or media.encoded_file == file_name:
        return False
    with TemporaryDirectory() as folder, _local(media.file) as source:
        try:
            made = transcode_apart(source, Path(folder), progress)
        except UnusableSource as error:
            raise UnplayableRecording(error.fault) from error
        return _keep(media_id, file_name, _store(made, Path(folder), f"{media_id}-{mark}"))


def take_over_renditions(media: LessonMedia, *, has_new_poster: bool) -> None:
    """Before a form's save, in its transaction: an encoding may have ended since `media` was read,
    and holds off until the form is saved."""
    current = LessonMedia.objects.select_for_update().get(pk=media.pk)
    media.type = current.type if current.is_ready else media.type
    for field in [*ENCODED, *(() if has_new_poster else POSTER)]:
        setattr(media, field, getattr(current, field))


def remove_files(media: LessonMedia) -> None:
    """After the row is gone: the library removes the original and the poster only."""
    for name in (media.video.name, media.audio.name, media.captions.name):
        if name:
            default_storage.delete(name)


@dataclass(frozen=True)
class _Stored:
    """Renditions in the storage: names by the field that takes them."""

    made: Renditions
    names: dict[str, str]
    sizes: dict[str, int]


def _store(made: Renditions, folder: Path, prefix: str) -> _Stored:
    files = {"video": made.video, "audio": made.audio, "thumbnail": made.poster}
    names, sizes = {}, {}
    try:
        for part, name in files.items():
            if name:
                sizes[part] = (folder / name).stat().st_size
                with (folder / name).open("rb") as file:
                    names[part] = default_storage.save(f"{FOLDER}/{prefix}-{name}", File(file))
    except BaseException:
        _delete(names.values())
        raise
    return _Stored(made, names, sizes)


def _keep(media_id: int, file_name: str, stored: _Stored) -> bool:
    with transaction.atomic():
        current = LessonMedia.objects.select_for_update().filter(pk=media_id, file=file_name)
        media = current.exclude(encoded_file=file_name).first()
        unused = list(stored.names.values()) if media is None else _replace(media, stored)
        # Not before the row is safe: until then members play the old ones.
        transaction.on_commit(lambda: _delete(unused))
    return media is not None


def _replace(media: LessonMedia, stored: _Stored) -> list[str]:
    """Write the new renditions; returns the files that nobody needs any more."""
    unused = []
    for part in PARTS:
        if part == "thumbnail" and media.thumbnail and not media.is_thumbnail_made:
            unused += [stored.names[part]] if part in stored.names else []
            continue
        unused += [getattr(media, part).name] if getattr(media, part) else []
        setattr(media, part, stored.names.get(part, ""))
        if part == "thumbnail":
            media.is_thumbnail_made = part in stored.names
    made = stored.made
    media.type, media.duration = made.type, made.duration
    media.width, media.height = made.width, made.height
    media.video_size, media.audio_size = (stored.sizes.get(part, 0) for part in PARTS[:2])
    media.encoded_file = media.file.name
    media.save(update_fields=["type", *ENCODED, *POSTER])
    return unused


def _delete(names) -> None:
    for name in names:
        default_storage.delete(name)


@contextmanager
def _local(file) -> Iterator[Path]:
    """The stored file on this machine: where it lies, or a copy when that is elsewhere."""
    try:
        path = Path(file.path)
    except NotImplementedError:
        path = None
    if path is not None:
        if not path.is_file():
            raise FileNotFoundError(path)
        yield path
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / f"original{Path(file.name).suffix}"
        with file.open("rb") as source, copy.open("wb") as target:
            copyfileobj(source, target)
        yield copy
