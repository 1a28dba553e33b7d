"""What the lesson page shows: what is there for everybody, and what this member has reached."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from cms.addresses import absolute
from cms.sharing import description_of
from cms.structured import video_facts
from courses.data_saving import saves_data
from courses.domain.prerequisites import first_missing
from courses.domain.timeline import Timeline
from courses.domain.watching import Opened, Watched, open_lesson
from courses.models import LessonPage
from courses.queries import next_lesson
from courses.renditions import Rendition, choose
from courses.showing import part_url, play_url, show_lesson
from courses.wording import clock, megabytes, minutes_and_seconds
from members.converters import read_number


@hooks.register("page_context:courses.lessonpage")
def lesson_context(page, request):
    shown = show_lesson(page, is_preview=getattr(request, "is_preview", False))
    if needed := page_needed(shown["timeline"], request):
        lesson = shown["lesson"] | {"kind": "locked"}
        return {"lesson": lesson, "needed": needed, "course": shown["course"], "tab": "courses"}
    is_saving = saves_data(request)
    chosen = choose(shown["renditions"], asked=request.GET.get("by", ""), saves_data=is_saving)
    lesson = (
        shown["lesson"]
        | {"saves_data": is_saving, "read_url": reverse("courses:read", args=[page.pk])}
        | playing_facts(page, shown, chosen)
        | member_facts(shown["timeline"], request)
        | moment_facts(page, shown["lesson"], chosen, request)
    )
    is_known = request.user.is_authenticated
    # A text that was finished by the button alone has nothing to show.
    is_measured = lesson["kind"] != "text" or not lesson.get("is_completed") or lesson["percent"]
    lesson["shows_watched"] = is_known and lesson["kind"] != "waiting" and bool(is_measured)
    return {
        "lesson": lesson,
        "needed": None,
        "course": shown["course"],
        "teacher": shown["teacher"],
        # A page that Wagtail itself keeps from visitors is not for them.
        "next_lesson": shown["next_lesson"] if is_known else next_lesson(request.user, page),
        "film": {} if is_known else film_facts(page, lesson),
        "tab": "courses",
    }


def page_needed(timeline: Timeline, request) -> Page | None:
    """What she must finish first; visitors have nothing recorded and may look around."""
    if not request.user.is_authenticated or getattr(request, "is_preview", False):
        return None
    return first_missing(member=request.user, needed=timeline.needed, lesson_id=timeline.lesson_id)


def playing_facts(page: LessonPage, shown: dict, chosen: Rendition | None) -> dict:
    """The player: `kind` is video, audio, text or, while it is still being made, waiting."""
    if chosen is None:
        return {"kind": "waiting" if page.media_id else "text"}
    renditions = shown["renditions"]
    is_played_here = shown["lesson"]["is_episode"] and chosen.kind == "audio"
    address = part_url(page.pk, chosen.kind, chosen.version)
    return {
        "kind": chosen.kind,
        # An episode's sound is fetched when she plays it, which is counted.
        "is_fetched_late": is_played_here,
        "media_url": play_url(page.pk, chosen.version) if is_played_here else address,
        "duration_text": minutes_and_seconds(shown["lesson"]["duration"]),
        "size_text": megabytes(chosen.size),
        "choices": [choice_facts(each, chosen) for each in renditions] if renditions[1:] else [],
    }


def film_facts(page: LessonPage, lesson: dict) -> dict:
    """What search engines, who are visitors, read of a film."""
    if lesson["kind"] != "video" or not lesson.get("poster_url") or not page.first_published_at:
        return {}
    return video_facts(
        title=page.title,
        description=description_of(page) or page.title,
        address=absolute(lesson["media_url"]),
        poster=absolute(lesson["poster_url"]),
        published=timezone.localtime(page.first_published_at),
        seconds=lesson["duration"],
    )


def choice_facts(rendition: Rendition, chosen: Rendition) -> dict:
    is_film = rendition.kind == "video"
    return {
        "kind": rendition.kind,
        "icon": "video" if is_film else "headphones",
        "label": _("看视频") if is_film else _("只听声音"),
        "size_text": megabytes(rendition.size),
        "url": f"?by={rendition.kind}",
        "is_chosen": rendition == chosen,
    }


def moment_facts(page: LessonPage, lesson: dict, chosen: Rendition | None, request) -> dict:
    """`?t=125` opens the recording at that second: a question that it explains points there, and
    so does the way from the film to its sound."""
    second = read_number(request.GET.get("t", ""))
    if chosen is None or second is None or second >= lesson["duration"]:
        return {}
    goes_on = request.GET.get("by")
    return {
        "position": second,
        "resume_text": (_("从 %s 接着学") if goes_on else _("从 %s 看讲解")) % clock(second),
        # For a browser without scripts.
        "media_url": f"{part_url(page.pk, chosen.kind, chosen.version)}#t={second}",
    }


def member_facts(timeline: Timeline, request) -> dict:
    """What this member has reached; nothing is recorded for anonymous visitors or in previews."""
    if not request.user.is_authenticated or getattr(request, "is_preview", False):
        return {}
    opened = open_lesson(member=request.user, lesson=timeline, now=timezone.now())
    return {
        "id": timeline.lesson_id,
        "version": timeline.version,
        "watch_url": reverse("courses:watch", args=[timeline.lesson_id]),
        "batch_url": reverse("courses:watch_batch"),
        "position": opened.position / 10,
        "resume_text": resume_text(opened),
        **watched_facts(opened.watched),
    }


def watched_facts(watched: Watched) -> dict:
    """What the page shows when it opens and after every report. Times in seconds."""
    return {
        "percent": watched.percent,
        "segments": [[start / 10, end / 10] for start, end in watched.intervals],
        "missing_text": missing_text(watched),
        "is_completed": watched.is_completed,
    }


def missing_text(watched: Watched) -> str:
    if watched.is_finished or not watched.watched or not watched.missing:
        return ""
    return _("还差 %s") % minutes_and_seconds(-(-watched.missing // 10))


def resume_text(opened: Opened) -> str:
    return _("从 %s 接着看") % clock(opened.position / 10) if opened.position else ""
