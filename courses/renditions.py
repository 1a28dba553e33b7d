"""What there is to play of a lesson's media."""

from dataclasses import dataclass

from django.db.models.fields.files import FieldFile

from courses.models import LessonMedia

KINDS = ("video", "audio")
# Never the original: phones may not play it, and it may be a hundred times larger.
PARTS = {"video": "video", "audio": "audio", "captions": "captions", "poster": "thumbnail"}


@dataclass(frozen=True)
class Rendition:
    """`kind` is video or audio, `size` in bytes."""

    kind: str
    size: int
    version: str


def renditions_of(media: LessonMedia | None) -> list[Rendition]:
    """What can be played; empty while it is still being made. A film comes before its sound."""
    if media is None or not media.is_ready:
        return []
    sizes = {"video": media.video_size, "audio": media.audio_size}
    return [Rendition(kind, size, media.version) for kind, size in sizes.items() if size]


def choose(renditions: list[Rendition], *, asked: str, saves_data: bool) -> Rendition | None:
    """The one that she asked for; else the film, or where data is dear the sound."""
    wanted = asked if asked in KINDS else KINDS[saves_data]
    fitting = [each for each in renditions if each.kind == wanted]
    return next(iter(fitting or renditions), None)


def part_of(media: LessonMedia | None, part: str) -> FieldFile | None:
    """The file that is called `part` in addresses; None where there is none."""
    return (getattr(media, PARTS[part]) or None) if media and part in PARTS else None
