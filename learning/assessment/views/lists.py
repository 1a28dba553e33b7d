"""What is there to see: the schemes, a period's ranking, and how a unit came to its points."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from federations.desk.access import desk_view
from learning.assessment.domain.record import describe_indicator, label_of
from learning.assessment.measures import all_measures
from learning.assessment.queries import Entry, Sight, entries_at
from learning.assessment.telling import (
    change_text,
    left_out_text,
    points_text,
    tell_result,
    tell_total,
)
from learning.assessment.views.finding import find_scheme, find_sight, read_text
from learning.assessment.windows import window_title
from learning.models import AssessmentEventKind, AssessmentPeriod, AssessmentResult
from learning.rules.figures import MIN_RANKED_DUE

PAGE = 50
# Chips of a scheme's periods: two years of months.
MOST_PERIODS = 24
RECORD = 30


@require_safe
@desk_view()
def schemes(request):
    entries = [_entry(request.desk, each) for each in entries_at(request.desk.place)]
    facts = {
        "own": [each for each in entries if each["is_own"]],
        "from_above": [each for each in entries if not each["is_own"]],
        "new_url": request.desk.address("desk_assessment_new") if request.desk.is_manager else "",
    }
    return render(request, "pages/desk/assessment/schemes.html", facts)


def _entry(desk, entry: Entry) -> dict:
    scheme = entry.scheme
    return {
        "scheme": scheme,
        "url": desk.address("desk_assessment_scheme", scheme.pk),
        "is_own": scheme.federation_id == desk.place.pk,
        "period": entry.period and period_title(entry.period, scheme.span),
        "total": points_text(entry.own.total) if entry.own else "",
        "rank": entry.own.rank if entry.own else None,
        "ranked": entry.ranked,
    }


@require_safe
@desk_view()
def scheme(request, pk):
    found = find_scheme(request, pk)
    sight = find_sight(request, found)
    asked = read_text(request, "q")[:40]
    results = sight.results.filter(name__contains=asked) if asked else sight.results
    page = Paginator(results, PAGE).get_page(request.GET.get("p"))
    kept = {"federation": request.desk.place.pk, "period": sight.period.key}
    facts = about(request.desk, sight) | {
        "page_obj": page,
        "query": urlencode(kept | ({"q": asked} if asked else {})),
        "q": asked,
        "rows": _rows(request.desk, sight, list(page)),
        "periods": _periods(request.desk, sight),
        "own": _own(request.desk, sight),
        "left_out": left_out_text(sight),
        "record": _record(sight) if sight.is_owner else [],
        "urls": _urls(request.desk, found.pk),
        "is_manager": sight.is_owner and request.desk.is_manager,
    }
    return render(request, "pages/desk/assessment/scheme.html", facts)


def about(desk, sight: Sight) -> dict:
    """What every page of a period says of it."""
    scheme, period = sight.scheme, sight.period
    measures = all_measures()
    return {
        "scheme": scheme,
        "period": period,
        "period_title": period_title(period, scheme.span),
        "sight": sight,
        "scheme_url": _scheme_url(desk, sight, period),
        "indicators": [
            {
                "label": label_of(each),
                "text": describe_indicator(each),
                "explanation": measures[each.measure].explanation
                if each.measure in measures
                else "",
            }
            for each in period.parts
        ],
        "notes": period.events.filter(kind=AssessmentEventKind.NOTED),
        "smallest": MIN_RANKED_DUE,
    }


def period_title(period: AssessmentPeriod, span: str) -> str:
    return window_title(span, period.first_day)


def _scheme_url(desk, sight: Sight, period: AssessmentPeriod) -> str:
    return desk.address("desk_assessment_scheme", sight.scheme.pk, period=period.key)


def _periods(desk, sight: Sight) -> list[dict]:
    return [
        {
            "title": period_title(each, sight.scheme.span),
            "url": _scheme_url(desk, sight, each),
            "current": each.pk == sight.period.pk,
        }
        for each in sight.scheme.periods.all()[:MOST_PERIODS]
    ]


def _rows(desk, sight: Sight, results: list[AssessmentResult]) -> list[dict]:
    before = sight.before([each.federation_id for each in results])
    return [_row(desk, sight, each, before.get(each.federation_id)) for each in results]


def _row(desk, sight: Sight, result: AssessmentResult, before: AssessmentResult | None) -> dict:
    return {
        "result": result,
        "total": points_text(result.total),
        "value": (result.total or 0) // 100,
        "change": change_text(result.total, before.total) if before else "",
        "is_mine": result.federation_id == desk.place.pk,
        "is_small": result.due < MIN_RANKED_DUE,
        "url": desk.address(
            "desk_assessment_unit", sight.scheme.pk, result.federation_id, period=sight.period.key
        ),
    }


def _own(desk, sight: Sight) -> dict | None:
    if sight.own is None:
        return None
    return _rows(desk, sight, [sight.own])[0] | {"lines": tell_result(sight.own, sight.period)}


def _urls(desk, pk: int) -> dict[str, str]:
    actions = ("edit", "export", "note", "recompute")
    return {action: desk.address(f"desk_assessment_{action}", pk) for action in actions}


def _record(sight: Sight):
    return sight.scheme.events.select_related("by")[:RECORD]


@require_safe
@desk_view()
def unit(request, pk, unit):
    """How one unit came to its points: value, target, weight, sum; and the period before."""
    sight = find_sight(request, find_scheme(request, pk))
    result = get_object_or_404(sight.results, federation=unit)
    facts = about(request.desk, sight) | {
        "result": result,
        "row": _rows(request.desk, sight, [result])[0],
        "lines": tell_result(result, sight.period),
        "sum_text": tell_total(result, sight.period),
        "before": sight.before([result.federation_id]).get(result.federation_id),
        "previous_title": sight.previous and period_title(sight.previous, sight.scheme.span),
    }
    return render(request, "pages/desk/assessment/unit.html", facts)
