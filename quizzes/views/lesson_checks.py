"""Answers to the questions below a lesson: a fragment for htmx, else back to the lesson."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.access import visible_to
from members.kept_posts import post_after_sign_in
from quizzes.check_tokens import Put, read_token
from quizzes.domain.self_check import check_oneself
from quizzes.lesson_checks import recall, remember, show_check
from quizzes.models import QuestionVersion
from quizzes.views.reading import read_places

MAX_VALUES, MAX_LENGTH = 100, 2000


@post_after_sign_in("quizzes:index")
def lesson_check(request):
    put, page, version = find_put(request)
    values = read_places(request.POST).get(put.place, [])
    known = recall(request, put)
    judgement = check_oneself(
        member=request.user,
        version=version,
        values=[value[:MAX_LENGTH] for value in values[:MAX_VALUES]],
        judged=known and known["response"],
        now=timezone.now(),
    )
    note, kept, held = "", None, ()
    if judgement is None:
        note, held = _("这道题正在你没交的考试里，交卷后再来看答案。"), {version.question_id}
    elif judgement.is_empty:
        note = _("先选好或写好答案，再看答案。")
    else:
        kept = remember(request, put, judgement)
    if request.htmx:
        check = show_check(request, put, version, held=held, kept=kept, note=note)
        return render(request, "pages/quizzes/_lesson_check.html", {"check": check, "page": page})
    if note:
        messages.info(request, note)
    return redirect(f"{page.url}#check-{version.question_id}")


def find_put(request) -> tuple[Put, Page, QuestionVersion]:
    """What was put to her, where; 404 when it never was, or the lesson is closed to her by now."""
    put = read_token(request.user, request.POST.get("token", ""))
    if put is None:
        raise Http404
    page = visible_to(request.user, Page.objects.filter(pk=put.page_id)).first()
    versions = QuestionVersion.objects.select_related("question__explained_by")
    # An editor who took the question away may be keeping it for an exam.
    asked = versions.filter(question__lesson_checks__lesson=put.page_id)
    version = asked.filter(pk=put.version_id, question__is_retired=False).first()
    if page is None or version is None:
        raise Http404
    return put, page, version
