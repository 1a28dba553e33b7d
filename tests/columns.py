"""Themed columns for tests, and what lies in them, newest last unless told otherwise."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from cms.models import AllowedDomain, ArticlePage, ColumnIndexPage, ColumnLinkPage, ColumnPage
from courses.models import AudioColumnPage, LessonMedia, LessonPage
from tests.pages import make_course

numbers = count(1)


def column_index(home) -> ColumnIndexPage:
    index = ColumnIndexPage.objects.first()
    return index or home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))


def make_column(home, **fields) -> ColumnPage:
    return _add(column_index(home), ColumnPage, "栏目", fields)


def make_article(column, **fields) -> ArticlePage:
    return _add(column, ArticlePage, "文章", fields)


def make_link(column, **fields) -> ColumnLinkPage:
    """To an allowed host, unless a target is given."""
    if "target" not in fields:
        AllowedDomain.objects.get_or_create(domain="gd.gov.cn")
        fields.setdefault("address", "https://www.gd.gov.cn/a")
        fields.setdefault("host", "www.gd.gov.cn")
    return _add(column, ColumnLinkPage, "链接", fields)


def make_column_lesson(parent, column, **fields) -> LessonPage:
    return _add(make_course(parent), LessonPage, "微课", {"column": column} | fields)


def make_audio_column(home, **fields) -> AudioColumnPage:
    return _add(column_index(home), AudioColumnPage, "听书", fields)


def make_episode(column, **fields) -> LessonPage:
    if "media" not in fields:
        fields["media"] = make_sound()
    return _add(column, LessonPage, "集", fields)


def make_sound(**fields) -> LessonMedia:
    """A recording as the encoder leaves it; there is no file behind it."""
    name = f"lessons/sound-{next(numbers)}.m4a"
    made = {"file": name, "encoded_file": name, "audio": name, "audio_size": 240_000}
    return LessonMedia.objects.create(
        **{"title": "录音", "type": "audio", "duration": 60} | made | fields
    )


def _add(parent, model, word: str, fields: dict):
    number = next(numbers)
    fields.setdefault("title", f"{word}{number}")
    fields.setdefault("slug", f"{model._meta.model_name}-{number}")
    moment = timezone.now() - timedelta(days=30) + timedelta(minutes=number)
    if fields.get("live", True):
        fields.setdefault("first_published_at", moment)
        fields.setdefault("last_published_at", fields["first_published_at"])
    # The parent's count of children may have changed since it was read.
    parent.refresh_from_db()
    return parent.add_child(instance=model(**fields))
