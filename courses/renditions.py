"""What there is to play of a lesson's media: the one place that knows how it is stored."""

from dataclasses import dataclass

from courses.models import LessonMedia

KINDS = ("video", "audio")


@dataclass(frozen=True)
class Rendition:
    """`kind` is video or audio, `part` the end of its address, `size` in bytes."""

    kind: str
    part: str
    size: int


def renditions_of(media: LessonMedia | None) -> list[Rendition]:
    """What can be played; empty while it is still being made. A film comes before its sound."""
    if media is None or not getattr(media, "is_ready", True):
        return []
    sizes = {kind: getattr(media, f"{kind}_size", 0) for kind in KINDS}
    made = [Rendition(kind, kind, size) for kind, size in sizes.items() if size]
    return made or [Rendition(media.type, "file", media.size)]


def choose(renditions: list[Rendition], *, asked: str, saves_data: bool) -> Rendition | None:
    """The one that she asked for; else the film, or where data is dear the sound."""
    wanted = asked if asked in KINDS else KINDS[saves_data]
    fitting = [each for each in renditions if each.kind == wanted]
    return next(iter(fitting or renditions), None)
