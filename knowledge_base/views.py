"""有用/没用: a page and a fragment of it."""

import math

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from knowledge_base.domain.feedback import Reader, find_feedback, give_feedback, new_visitor
from knowledge_base.finding import visible_entries
from knowledge_base.forms import FeedbackForm
from members.domain.limits import LimitReached

VISITOR_KEY = "feedback-visitor"
TOO_MANY_REQUESTS = 429


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("HX-Request")
def feedback(request, page_id):
    page = get_object_or_404(visible_entries(request).defer("body"), pk=page_id)
    if request.method == "POST":
        return _take(request, page)
    given = find_feedback(page, _reader(request)) if _is_known(request) else None
    useful = request.GET.get("useful") or (given and str(int(given.is_useful))) or ""
    facts = {"useful": useful, "words": given.words if given else "", "is_kept": bool(given)}
    return _show(request, page, facts)


def _take(request, page):
    form = FeedbackForm(request.POST)
    typed = {"useful": request.POST.get("useful", ""), "words": request.POST.get("words", "")}
    if not form.is_valid():
        errors = [message for messages in form.errors.values() for message in messages]
        return _show(request, page, typed | {"errors": errors})
    answer = {"is_useful": form.cleaned_data["useful"], "words": form.cleaned_data["words"]}
    try:
        given = give_feedback(
            page=page, reader=_reader(request, begin=True), now=timezone.now(), **answer
        )
    except LimitReached as reached:
        said = _("提交得太频繁了，请过 %d 分钟再试。") % math.ceil(reached.wait / 60)
        return _show(request, page, typed | {"errors": [said]}, status=TOO_MANY_REQUESTS)
    if request.htmx:
        return _show(request, page, typed | {"words": given.words, "is_kept": True})
    return redirect("knowledge_base:feedback", page.pk)


def _show(request, page, facts: dict, status: int = 200):
    name = "_feedback" if request.htmx else "feedback"
    # htmx leaves what is no success out of the page.
    status = 200 if request.htmx else status
    context = {"page": page, "feedback": facts}
    return render(request, f"pages/knowledge_base/{name}.html", context, status=status)


def _is_known(request) -> bool:
    return request.user.is_authenticated or VISITOR_KEY in request.session


def _reader(request, *, begin: bool = False) -> Reader:
    """A visitor's session begins with her first answer."""
    if request.user.is_authenticated:
        return Reader(member=request.user)
    if begin and VISITOR_KEY not in request.session:
        request.session[VISITOR_KEY] = new_visitor()
    return Reader(visitor=request.session[VISITOR_KEY])
