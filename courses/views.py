"""Courses for the member: the list, what she watched, and the recordings themselves."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.access import visible_to
from cms.files import serve_file
from courses.domain.reading import finish_reading
from courses.domain.watching import report_watching
from courses.models import LessonPage
from courses.models.upload import FOLDER as UPLOAD_FOLDER
from courses.page_contexts import watched_facts
from courses.queries import courses_below
from courses.stages import courses_by_stage
from courses.wording import minutes_and_seconds
from federations.models.job import FOLDER as JOB_FOLDER

# Wagtail's folder of renditions; originals stay inside.
OPEN_FOLDERS = {"images"}
# What staff asked for in the background may hold question keys: only its owner's view sends it. A
# half of an upload is nobody's business.
CLOSED_FOLDERS = {JOB_FOLDER, UPLOAD_FOLDER}
# Never the original: phones may not play it, and it may be a hundred times larger.
MEDIA_PARTS = {
    "video": "video",
    "audio": "audio",
    "captions": "captions",
    "poster": "thumbnail",
}


@require_safe
def index(request):
    """Every course that she may open: the public ones, and the academy's for its members."""
    found = courses_by_stage(request, courses_below(request.user))
    context = {"page": {"title": _("课程")}, "tab": "courses", **found}
    return render(request, "pages/courses/course_index_page.html", context)


def find_lesson(request, lesson_id: int) -> LessonPage:
    """The lesson, if it is live and open to whoever asks."""
    lessons = LessonPage.objects.select_related("media")
    return get_object_or_404(visible_to(request.user, lessons), pk=lesson_id)


@require_POST
def watch(request, lesson_id):
    """Take a report of played intervals; answer with what was credited."""
    if not request.user.is_authenticated:
        return JsonResponse({"message": _("登录已过期，请重新登录。")}, status=401)
    lesson = find_lesson(request, lesson_id)
    report = read_json(request)
    position = report.get("position")
    watched = report_watching(
        member=request.user,
        lesson=lesson,
        claimed=report.get("intervals"),
        position=position if type(position) is int else 0,
        now=timezone.now(),
    )
    message = _("学到的已经记在你的名下。") if watched.is_new_completion else ""
    facts = watched_facts(watched) | {"is_completed": watched.is_completed, "message": message}
    return JsonResponse(facts)


def read_json(request) -> dict:
    """The body as a dict; an empty one for anything else."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


@login_required
def read(request, lesson_id):
    """「我已读完」 below a text lesson. A sign-in on the way comes back by GET: to the lesson."""
    lesson = find_lesson(request, lesson_id)
    if lesson.kind != "text":
        raise Http404
    if request.method != "POST":
        return redirect(lesson.url)
    missing = finish_reading(member=request.user, lesson=lesson, now=timezone.now())
    if missing:
        text = _("再读一会儿吧，至少还要 %s，读完了再点。") % minutes_and_seconds(missing)
        messages.warning(request, text)
    else:
        messages.success(request, _("这一课学完了，已经记在你的名下。"))
    return redirect(lesson.url)


@require_safe
def media(request, lesson_id, part):
    """The recording, its subtitles or its poster, for whoever may open the lesson."""
    lesson = find_lesson(request, lesson_id)
    field = MEDIA_PARTS.get(part)
    file = getattr(lesson.media, field, None) if lesson.media and field else None
    if not file:
        raise Http404
    return serve_file(request, file.name)


@require_safe
def open_media(request, path):
    """Pictures of published pages. Lessons' files and documents have ways of their own; staff,
    whose admin links to uploads directly, may open all."""
    folder = path.split("/", 1)[0]
    if folder in CLOSED_FOLDERS or (folder not in OPEN_FOLDERS and not request.user.is_staff):
        raise Http404
    return serve_file(request, path)
