"""What there is to play of a lesson's media."""

from dataclasses import dataclass

from courses.models import LessonMedia

KINDS = ("video", "audio")


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
