"""What the templates show about courses and lessons."""

from zlib import crc32

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.rich_text import expand_db_html

from cms.converters import read_number
from courses.domain.watching import Watched, duration_of, open_lesson
from courses.models import LessonPage, WatchRecord
from courses.queries import (
    column_cards,
    continue_card,
    course_cards,
    courses_below,
    lesson_cards,
    lessons_for,
    next_lesson,
)
from courses.wording import clock, megabytes, minutes_and_seconds
from learning.models import Progress

NEW_ON_HOME = 4
COLUMNS_ON_HOME = 6
NEW_IN_COLUMN = 30


@hooks.register("page_context:cms.homepage")
def home_context(page, request):
    newest = lessons_for(request.user).order_by("-first_published_at", "-pk")[:NEW_ON_HOME]
    return {
        "columns": column_cards(request.user)[:COLUMNS_ON_HOME],
        "continue_card": continue_card(request.user),
        "new_lessons": lesson_cards(request.user, newest),
    }


@hooks.register("page_context:cms.columnindexpage")
def column_index_context(page, request):
    return {"columns": column_cards(request.user)}


@hooks.register("page_context:cms.columnpage")
def column_context(page, request):
    lessons = lessons_for(request.user).filter(column=page).order_by("-first_published_at")
    return {"lessons": lesson_cards(request.user, lessons[:NEW_IN_COLUMN])}


@hooks.register("page_context:cms.academypage")
def academy_context(page, request):
    return {"courses": course_cards(request.user, courses_below(request.user, page))}


@hooks.register("page_context:courses.courseindexpage")
def course_index_context(page, request):
    return academy_context(page, request) | {"tab": "courses"}


@hooks.register("page_context:courses.coursepage")
def course_context(page, request):
    lessons = lessons_for(request.user).child_of(page).order_by("path")
    is_known = request.user.is_authenticated
    return {
        "lessons": lesson_cards(request.user, lessons, numbered=True),
        "teacher": page.teacher,
        "stage": page.get_stage_display(),
        "progress": course_cards(request.user, [page])[0] if is_known else None,
        "tab": "courses",
    }


@hooks.register("page_context:courses.lessonpage")
def lesson_context(page, request):
    course = page.get_parent().specific
    return {
        "lesson": lesson_facts(page) | member_facts(page, request) | moment_facts(page, request),
        "course": course,
        "teacher": course.teacher,
        "next_lesson": next_lesson(request.user, page),
        "tab": "courses",
    }


def lesson_facts(page: LessonPage) -> dict:
    """What is the same for everyone."""
    facts = {
        "kind": page.kind,
        "points": page.point_list,
        "body_html": rich(page.body),
        "transcript_html": rich(page.transcript),
        "read_url": reverse("courses:read", args=[page.pk]),
    }
    if page.media is None:
        return facts
    if not page.media.is_ready:
        return facts | {"kind": "waiting", "waiting_text": waiting_text(page)}
    return facts | {
        "media_url": part_url(page, page.media.type),
        "captions_url": page.media.captions and part_url(page, "captions"),
        "poster_url": page.media.thumbnail and part_url(page, "poster"),
        "duration_text": minutes_and_seconds(page.media.duration),
        "size_text": megabytes(page.media.played_size),
        "seconds": round(page.media.duration, 1),
    }


def moment_facts(page: LessonPage, request) -> dict:
    """`?t=125` opens the recording at that second: a question that it explains points there."""
    second = read_number(request.GET.get("t", ""))
    if page.media is None or second is None or second >= page.media.duration:
        return {}
    return {
        "position": second,
        "resume_text": _("从 %s 看讲解") % clock(second),
        # For a browser without scripts.
        "media_url": f"{part_url(page, page.media.type)}#t={second}",
    }


def part_url(page: LessonPage, part: str) -> str:
    """Changes with what is behind it, so that no browser mixes a new film with an old one."""
    version = crc32(page.media.encoded_file.encode())
    return f"{reverse('courses:media', args=[page.pk, part])}?v={version:x}"


def waiting_text(page: LessonPage) -> str:
    if page.media.type == "video":
        return _("视频正在处理，很快就能看了，请过一会儿再来。")
    return _("音频正在处理，很快就能听了，请过一会儿再来。")


def member_facts(page: LessonPage, request) -> dict:
    """What this member has reached; nothing is recorded for anonymous visitors or in previews."""
    if not request.user.is_authenticated or getattr(request, "is_preview", False):
        return {}
    open_lesson(member=request.user, lesson=page, now=timezone.now())
    finished = Progress.objects.filter(member=request.user, page_id=page.pk)
    record = WatchRecord.objects.filter(member=request.user, lesson=page).first()
    watched = Watched(
        intervals=[tuple(pair) for pair in record.intervals] if record else [],
        watched=record.watched if record else 0,
        duration=duration_of(page),
    )
    return {
        "watch_url": reverse("courses:watch", args=[page.pk]),
        "position": record.position / 10 if record else 0,
        "resume_text": resume_text(record),
        "is_completed": finished.exclude(completed_at=None).exists(),
        **watched_facts(watched),
    }


def watched_facts(watched: Watched) -> dict:
    """What the player shows, when the page opens and after every report. Times in seconds."""
    return {
        "percent": watched.percent,
        "segments": [[start / 10, end / 10] for start, end in watched.intervals],
        "missing_text": missing_text(watched),
    }


def missing_text(watched: Watched) -> str:
    if not watched.watched or not watched.missing:
        return ""
    return _("还差 %s") % minutes_and_seconds(-(-watched.missing // 10))


def resume_text(record: WatchRecord | None) -> str:
    return _("从 %s 接着看") % clock(record.position / 10) if record and record.position else ""


def rich(html: str) -> str:
    return mark_safe(expand_db_html(html)) if html else ""  # noqa: S308 Wagtail's own whitelist
