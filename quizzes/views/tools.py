"""Favourite, note, report: small forms beside a question that come back to where she was."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from members.kept_posts import post_after_sign_in
from members.redirects import is_own_address
from quizzes.domain.favourites import set_favourite
from quizzes.domain.notes import write_note
from quizzes.domain.reports import report_question
from quizzes.forms.tools import NoteForm, ReportForm
from quizzes.models import QuestionVersion
from quizzes.tool_tokens import Shown, make_token, read_token

ERROR_STATUS = 422


def find_shown(request) -> Shown:
    """The question that the form belongs to; 404 when it was never shown to her."""
    shown = read_token(request.user, request.POST.get("token", ""))
    if shown is None or not QuestionVersion.objects.filter(pk=shown.version_id).exists():
        raise Http404
    return shown


def say(request, shown: Shown, text: str) -> None:
    """Beside the question's tools, where she comes back to; `_question_tools.html` looks for it."""
    messages.success(request, text, extra_tags=f"tools tools-{shown.question_id}")


def back_to(request, shown: Shown) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{came_from(request).split('#')[0]}#tools-{shown.question_id}")


def came_from(request) -> str:
    """Where the form stood: an address of this site, whatever was posted."""
    target = request.POST.get("next", "")
    return target if is_own_address(request, target) else "/"


@post_after_sign_in("quizzes:mistakes")
def mark_favourite(request):
    """`on` says what she wants, so that pressing twice does not undo it."""
    shown = find_shown(request)
    is_favourite = request.POST.get("on") == "1"
    set_favourite(
        member=request.user,
        question_id=shown.question_id,
        is_favourite=is_favourite,
        now=timezone.now(),
    )
    if is_favourite:
        say(request, shown, _("已收藏，在“错题本”的“收藏”里。"))
    else:
        # In the list of favourites the question has gone, and its tools with it.
        messages.success(request, _("已取消收藏。"))
    return back_to(request, shown)


@post_after_sign_in("quizzes:mistakes")
def save_note(request):
    shown = find_shown(request)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show_again(request, form, _("笔记没有保存"), _("保存笔记"), shown)
    write_note(
        member=request.user,
        question_id=shown.question_id,
        text=form.cleaned_data["text"],
        now=timezone.now(),
    )
    if form.cleaned_data["text"]:
        say(request, shown, _("笔记已保存。"))
    else:
        messages.success(request, _("笔记已删除。"))
    return back_to(request, shown)


@post_after_sign_in("quizzes:mistakes")
def send_report(request):
    shown = find_shown(request)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return show_again(request, form, _("反馈没有送出"), _("送出反馈"), shown)
    _report, is_new = report_question(
        member=request.user,
        version_id=shown.version_id,
        reason=form.cleaned_data["reason"],
        text=form.cleaned_data["text"],
        now=timezone.now(),
    )
    if is_new:
        say(request, shown, _("已送出，谢谢你！出题的妇联回复后会在“我的”里告诉你。"))
    else:
        say(request, shown, _("这道题你已经反映过，正在等回复，不用再报。"))
    return back_to(request, shown)


def show_again(request, form, title: str, action: str, shown: Shown):
    """The form on a page of its own, with what she wrote and what is wrong with it."""
    context = {
        "form": form,
        "title": title,
        "action": action,
        "token": make_token(request.user, shown),
        "next": came_from(request),
        "stem": QuestionVersion.objects.get(pk=shown.version_id).stem,
        "tab": "quizzes",
    }
    return render(request, "pages/mistakes/tool_form.html", context, status=ERROR_STATUS)
