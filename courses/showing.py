"""A lesson's page as it is the same for everybody: made once and kept for a minute."""

from zlib import crc32

from django.core.cache import cache
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html

from cms.richtext import TEXT_FEATURES, clean_rich_text
from courses.domain.timeline import timeline_of
from courses.models import AudioColumnPage, CoursePage, LessonAttachment, LessonPage
from courses.outlines import lessons_after
from courses.paragraphs import mark_paragraphs, read_text
from courses.queries import duration_text
from courses.renditions import renditions_of

CACHE_SECONDS = 60
SHOWN_AS_HTML = ("points", "body_html", "transcript_html", "attachments")


def show_lesson(page: LessonPage, *, is_preview: bool = False) -> dict:
    """`lesson`, `course`, `next_lesson`, `timeline`, `renditions`.

    A change of the page itself shows at once, one of its course, its files or the next lesson
    within a minute.
    """
    if is_preview:
        return _show(page)
    content = (page.title, page.points, page.body, page.transcript, page.media_id, page.path)
    key = f"lesson-page:{page.pk}:{crc32(repr(content).encode()):x}"
    return cache.get_or_set(key, lambda: _show(page), CACHE_SECONDS)


def _show(page: LessonPage) -> dict:
    above = page.path[: -page.steplen]
    course = CoursePage.objects.filter(path=above).first()
    series = None if course else AudioColumnPage.objects.filter(path=above).first()
    parent = course or series
    facts = _facts(page)
    lines = {name: facts.pop(name) for name in SHOWN_AS_HTML}
    facts["points_html"] = render_to_string("pages/courses/_points.html", {"shown": lines})
    facts["for_all_html"] = render_to_string("pages/courses/_for_all.html", {"shown": lines})
    return {
        "lesson": facts | {"is_episode": series is not None},
        "course": {"title": parent.title, "url": parent.url} if parent else {},
        "teacher": course.teacher if course else "",
        "next_lesson": _next(page),
        "timeline": timeline_of(page),
        "renditions": renditions_of(page.media),
    }


def _facts(page: LessonPage) -> dict:
    kept = clean_rich_text(page.body, TEXT_FEATURES)
    text = read_text(kept)
    is_text = page.media is None
    body = mark_paragraphs(kept, text) if is_text else kept
    facts = {
        "points": page.point_list,
        "body_html": expand(body),
        "transcript_html": rich(page.transcript),
        "attachments": [_attachment(page, each) for each in _attachments(page)],
    }
    if is_text:
        return facts | {"seconds": text.length / 10}
    return facts | {
        "captions_url": page.media.captions and part_url(page.pk, "captions", page.media.version),
        "poster_url": page.media.thumbnail and part_url(page.pk, "poster", page.media.version),
        "duration": page.media.duration,
        "seconds": round(page.media.duration, 1),
    }


def _next(page: LessonPage) -> dict | None:
    """Below the same course, so whoever may open the one may open the other."""
    following = lessons_after(page)
    lessons = LessonPage.objects.live().select_related("media")
    lesson = lessons.filter(pk=following[0]).first() if following else None
    if lesson is None:
        return None
    return {"title": lesson.title, "url": lesson.url, "duration_text": duration_text(lesson)}


def _attachments(page: LessonPage):
    # Not a queryset where the page is a draft that is looked at before it is saved.
    attachments = page.attachments.select_related("document")
    return sorted(attachments.all(), key=lambda each: each.sort_order or 0)


def _attachment(page: LessonPage, attachment: LessonAttachment) -> dict:
    document = attachment.document
    return {
        "title": str(attachment),
        "url": attachment.pk and reverse("courses:attachment", args=[page.pk, attachment.pk]),
        "type": document.file_extension.upper(),
        "size_text": filesizeformat(document.get_file_size() or 0),
    }


def part_url(lesson_id: int, part: str, version: str) -> str:
    """Changes with what is behind it, so that no browser mixes a new film with an old one."""
    return f"{reverse('courses:media', args=[lesson_id, part])}?v={version}"


def play_url(lesson_id: int, version: str) -> str:
    """The sound for a player that fetches nothing until it is started: that counts as a play."""
    return f"{part_url(lesson_id, 'audio', version)}&play=1"


def rich(html: str) -> str:
    """Cleaned again on its way out: what Wagtail expands it passes on as it is, scripts and all."""
    return expand(clean_rich_text(html, TEXT_FEATURES))


def expand(kept: str) -> str:
    """Of what has been cleaned."""
    return mark_safe(expand_db_html(kept)) if kept else ""  # noqa: S308 cleaned before
