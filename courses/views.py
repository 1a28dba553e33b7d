"""Courses for the member: the list, what she watched, and the recordings themselves."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect, JsonResponse, RawPostDataException
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.access import visible_to
from cms.files import serve_file
from cms.page_cache.views import kept_for_visitors
from courses.article_recordings import send_recording
from courses.attachments import send_attachment
from courses.audio_contexts import has_sound, playing_facts
from courses.data_saving import COOKIE, COOKIE_AGE, VALUES
from courses.domain.plays import count_play
from courses.domain.reading import finish_reading
from courses.domain.reporting import credit_batch
from courses.domain.timeline import find_timeline
from courses.domain.watching import Claim, LessonClosed, Watched, report_watching
from courses.lesson_context import watched_facts
from courses.models import LessonPage
from courses.models.upload import FOLDER as UPLOAD_FOLDER
from courses.queries import courses_below
from courses.renditions import part_of
from courses.stages import courses_by_stage
from courses.wording import minutes_and_seconds
from federations.models.job import FOLDER as JOB_FOLDER
from members.prepared import LARGEST_ID
from members.redirects import is_own_address

# Wagtail's folder of renditions; originals stay inside.
OPEN_FOLDERS = {"images"}
# What staff asked for in the background may hold question keys: only its owner's view sends it. A
# half of an upload is nobody's business.
CLOSED_FOLDERS = {JOB_FOLDER, UPLOAD_FOLDER}
MAX_BATCH = 200


@require_safe
@kept_for_visitors
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
    """Take a report of what was played or read; answer with what was credited."""
    if not request.user.is_authenticated:
        return sign_in_again()
    lesson, claim = find_timeline(lesson_id), read_claim(read_json(request))
    if lesson is None:
        return JsonResponse(gone(), status=404)
    try:
        watched = report_watching(
            member=request.user, lesson=lesson, claims=[claim], now=timezone.now()
        )
    except LessonClosed:
        return JsonResponse(gone(), status=404)
    return JsonResponse(reply_to(watched))


@require_POST
def watch_batch(request):
    """Reports that waited on the phone, perhaps for hours and of several lessons: one answer each,
    also for a lesson that is no longer there, so that the phone stops asking."""
    if not request.user.is_authenticated:
        return sign_in_again()
    reports = read_reports(request)
    if reports is None:
        return JsonResponse({"message": _("这些进度读不出来。")}, status=400)
    credited = credit_batch(member=request.user, claims=reports, now=timezone.now())
    replies = {pk: reply_to(watched) if watched else gone() for pk, watched in credited.items()}
    return JsonResponse({"replies": [replies[lesson_id] for lesson_id, _claim in reports]})


def sign_in_again():
    return JsonResponse({"message": _("登录已过期，请重新登录。")}, status=401)


def gone() -> dict:
    return {"gone": True, "message": _("这一课已经撤下或不再对你开放，进度不再记录。")}


def reply_to(watched: Watched) -> dict:
    message = _("学到的已经记在你的名下。") if watched.is_new_completion else ""
    return watched_facts(watched) | {"message": message}


def read_claim(report: dict) -> Claim:
    position, version = report.get("position"), report.get("version")
    return Claim(
        intervals=report.get("intervals"),
        position=position if type(position) is int else 0,
        version=version if isinstance(version, str) else "",
    )


def read_reports(request) -> list[tuple[int, Claim]] | None:
    """{"answers": [the outbox's bodies]} as (lesson's id, claim); None when it is no batch."""
    bodies = read_json(request).get("answers")
    if not isinstance(bodies, list) or not 0 < len(bodies) <= MAX_BATCH:
        return None
    if not all(isinstance(each, dict) and is_id(each.get("lesson")) for each in bodies):
        return None
    return [(each["lesson"], read_claim(each)) for each in bodies]


def read_json(request) -> dict:
    """The body as a dict; an empty one for anything else."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        # The last: a form with files, which the check against forgery has read.
        return {}
    return body if isinstance(body, dict) else {}


def is_id(value) -> bool:
    return type(value) is int and 0 < value <= LARGEST_ID


@login_required
def read(request, lesson_id):
    """「我已读完」 below a text lesson. A sign-in on the way comes back by GET: to the lesson."""
    lesson = find_lesson(request, lesson_id)
    if lesson.kind != "text":
        raise Http404
    if request.method != "POST":
        return redirect(lesson.url)
    try:
        missing = finish_reading(member=request.user, lesson=lesson, now=timezone.now())
    except LessonClosed:
        return redirect(lesson.url)
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
    file = part_of(lesson.media, part)
    if not file:
        raise Http404
    if is_play(request):
        known = request.user.is_authenticated
        count_play(lesson_id=lesson_id, is_member=known, day=timezone.localdate())
    return serve_file(request, file.name)


def is_play(request) -> bool:
    """The beginning of a recording, asked for by a player that fetches nothing until it is started.

    An iPhone first asks for two bytes, to see whether it may ask for parts.
    """
    if request.method != "GET" or request.GET.get("play") != "1":
        return False
    asked = request.headers.get("Range", "bytes=0-").replace(" ", "")
    return asked.startswith("bytes=0-") and asked != "bytes=0-1"


@require_safe
def episode(request, lesson_id):
    """What the player of an audio column needs to go on with another episode."""
    lesson = find_lesson(request, lesson_id)
    if not has_sound(lesson):
        raise Http404
    return JsonResponse(playing_facts(lesson, request))


@require_safe
def recording(request, media_id, part):
    """The same of a recording that stands in an article."""
    return send_recording(request, media_id, part)


@require_safe
def attachment(request, lesson_id, attachment_id):
    return send_attachment(request, find_lesson(request, lesson_id), attachment_id)


@require_POST
def data_saving(request):
    """Remember on this device whether she wants to save data, and go back to where she was."""
    target = request.POST.get("next", "/")
    response = HttpResponseRedirect(target if is_own_address(request, target) else "/")
    is_on = request.POST.get("on") == "1"
    response.set_cookie(
        COOKIE, VALUES[is_on], max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure()
    )
    return response


@require_safe
def open_media(request, path):
    """Pictures of published pages. Lessons' files and documents have ways of their own; staff,
    whose admin links to uploads directly, may open all."""
    folder = path.split("/", 1)[0]
    if folder in CLOSED_FOLDERS or (folder not in OPEN_FOLDERS and not request.user.is_staff):
        raise Http404
    return serve_file(request, path)
