"""错题本: what is due, and every question that she has missed."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.domain.mistakes import RIGHT_DAYS_TO_RETIRE, RUN_LENGTH, make_cards
from quizzes.queries_mistakes import (
    card_rows,
    count_cards,
    knowledge_points,
    next_due_at,
    overview,
    when_text,
)
from quizzes.views.reading import clean

PER_PAGE = 20
MAX_POINT = 60


@require_safe
@never_cache
@login_required
def mistakes(request):
    """What is due, and every question that she has missed."""
    now = timezone.now()
    make_cards(now=now, member_id=request.user.pk)
    point = read_point(request.GET)
    counts = count_cards(request.user, now, point=point)
    page = Paginator(overview(request.user, point=point), PER_PAGE).get_page(request.GET.get("p"))
    next_at = None if counts.due else next_due_at(request.user, point=point)
    context = {
        "counts": counts,
        "next_text": when_text(next_at, now) if next_at else "",
        "run_length": min(RUN_LENGTH, counts.due),
        "days_to_retire": RIGHT_DAYS_TO_RETIRE,
        "point": point,
        "point_query": urlencode({"point": point}) if point else "",
        "points": knowledge_points(request.user),
        "cards": card_rows(request.user, page, now),
        "page_obj": page,
        "section": "mistakes",
        "tab": "quizzes",
    }
    return render(request, "pages/mistakes/index.html", context)


def read_point(data) -> str:
    return clean(data.get("point", ""))[:MAX_POINT]
