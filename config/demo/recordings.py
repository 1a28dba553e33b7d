"""The demo lessons' films and sounds, as members play them: there is nothing left to encode."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile

from config.demo.film import HEIGHT, WIDTH, make_film, make_poster, make_recording
from courses.encoding.transcoding import read_duration, split_sound
from courses.models import LessonMedia


def make_media(entry: dict) -> LessonMedia | None:
    """The recording of a lesson of content/lessons.toml; None for a text."""
    if entry["kind"] == "text":
        return None
    media = LessonMedia(title=entry["title"], type=entry["kind"])
    if media.type == "video":
        media.width, media.height = WIDTH, HEIGHT
    slug = entry["slug"]
    with TemporaryDirectory() as folder:
        keep_renditions(media, slug, make_renditions(entry, Path(folder)))
    media.captions.save(f"{slug}.vtt", ContentFile(to_webvtt(entry["cues"])), save=False)
    media.thumbnail.save(f"{slug}.jpg", ContentFile(make_poster(entry["scene"])), save=False)
    media.save()
    return media


def make_renditions(entry: dict, folder: Path) -> dict[str, Path]:
    """By the field of LessonMedia that takes it."""
    video, audio = folder / "film.mp4", folder / "film.m4a"
    if entry["kind"] == "audio":
        audio.write_bytes(make_recording(seconds=entry["seconds"]))
        return {"audio": audio}
    video.write_bytes(make_film(scene=entry["scene"], seconds=entry["seconds"]))
    split_sound(video, audio)
    return {"video": video, "audio": audio}


def keep_renditions(media: LessonMedia, slug: str, made: dict[str, Path]) -> None:
    for part, path in made.items():
        getattr(media, part).save(f"{slug}{path.suffix}", read(path), save=False)
        setattr(media, f"{part}_size", path.stat().st_size)
    original = made[media.type]
    media.file.save(f"{slug}-original{original.suffix}", read(original), save=False)
    media.duration, media.size = read_duration(original), original.stat().st_size
    media.encoded_file = media.file.name


def read(path: Path) -> ContentFile:
    return ContentFile(path.read_bytes())


def to_webvtt(cues: list) -> str:
    lines = [f"{stamp(start)} --> {stamp(end)}\n{text}\n" for start, end, text in cues]
    return "\n".join(["WEBVTT\n", *lines])


def stamp(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"00:{int(minutes):02d}:{rest:06.3f}"
