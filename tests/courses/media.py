"""Recordings of lessons for tests, with or without what members play."""

from django.core.files.base import ContentFile

from courses.models import LessonMedia

RENDITIONS = {"video": "film.mp4", "audio": "film.m4a"}


def make_media(content: bytes = b"film", **fields) -> LessonMedia:
    """A film that is ready: its original and its renditions lie in the storage."""
    media = LessonMedia(**{"title": "片", "type": "video", "duration": 100} | fields)
    media.file.save("original.mov", ContentFile(b"original"), save=False)
    for part, name in RENDITIONS.items():
        getattr(media, part).save(name, ContentFile(content), save=False)
        setattr(media, f"{part}_size", len(content))
    media.encoded_file = media.file.name
    media.save()
    return media
