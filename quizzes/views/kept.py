"""What a member keeps of questions: favourites, notes and reports, each her own."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.models import Member
from quizzes.models import Favourite, Question, QuestionNote, QuestionReport
from quizzes.queries_mistakes import question_tools
from quizzes.question_media import prefetch_media
from quizzes.question_types.registry import get_type
from quizzes.views.reading import clean

PER_PAGE = 20
MAX_WANTED = 50


@require_safe
@never_cache
@login_required
def favourites(request):
    page = page_of(request, with_questions(Favourite, request.user).order_by("-added_at", "-pk"))
    return show_questions(request, "favourites", page)


@require_safe
@never_cache
@login_required
def notes(request):
    """Her notes, or those that hold what she looks for, in the note or in the question."""
    rows = with_questions(QuestionNote, request.user)
    if wanted := clean(request.GET.get("q", "")).strip()[:MAX_WANTED]:
        rows = rows.filter(Q(text__icontains=wanted) | Q(question__current__stem__icontains=wanted))
    page = page_of(request, rows.order_by("-updated_at", "-pk"))
    query = urlencode({"q": wanted}) if wanted else ""
    return show_questions(request, "notes", page, wanted=wanted, query=query)


@require_safe
@never_cache
@login_required
def reports(request):
    rows = QuestionReport.objects.filter(member=request.user).select_related("version")
    page = page_of(request, rows.order_by("-made_at", "-pk"))
    prefetch_media(report.version.stem for report in page)
    return show(request, "reports", page, items=list(page))


def with_questions(model, member: Member):
    rows = model.objects.filter(member=member, question__current__isnull=False)
    return rows.select_related("question__current")


def page_of(request, rows) -> Page:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))


def show_questions(request, section: str, page: Page, **context):
    items = describe(request.user, [row.question for row in page])
    prefetch_media(item["stem"] for item in items)
    return show(request, section, page, items=items, **context)


def show(request, section: str, page: Page, **context):
    context |= {"page_obj": page, "section": section, "tab": "quizzes"}
    return render(request, f"pages/mistakes/{section}.html", context)


def describe(member: Member, questions: Iterable[Question]) -> list[dict]:
    """Questions in a list of hers. Nothing of the key, nor where it is explained: not every
    quiz publishes that.
    """
    questions = list(questions)
    tools = question_tools(member, [question.current for question in questions])
    return [
        {
            "stem": question.current.stem,
            "kind_label": get_type(question.current.type).label,
            "point": question.knowledge_point,
            "tools": tools[question.current_id],
        }
        for question in questions
    ]
