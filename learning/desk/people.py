"""名单: whom a figure of a board counts, one by one, so that any number can be explained."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from federations.desk.access import desk_view
from federations.domain.jobs import ask_for_job
from federations.models import Federation
from learning.boards import SORTS
from learning.desk.people_lines import write_lines
from learning.desk.people_listing import MOST_PEOPLE, Listing, read_figure, read_listing
from learning.desk.plans import asked_spot
from learning.desk.units import unit_counts
from learning.domain.standings.figures import Figures
from learning.models import PlanKind
from learning.people import FIGURES, Figure, Spot
from learning.people.figures import counted_in
from learning.people.uncounted import uncounted_at
from learning.wording import hours_text


@require_safe
@desk_view()
@vary_on_headers("HX-Request")
def people(request):
    listing = read_listing(request)
    if listing is None:
        return render(request, "pages/desk/people/none.html")
    template = "_people" if request.htmx else "people"
    return render(request, f"pages/desk/people/{template}.html", describe(listing))


def describe(listing: Listing) -> dict:
    spot, figure = listing.spot, listing.figure
    facts = {
        "listing": listing,
        "spot": spot,
        "plan": spot.plan,
        "figure": FIGURES[figure],
        "number": describe_number(listing),
        "views": describe_views(listing),
        "filters": describe_filters(listing),
        "plans": describe_plans(listing),
        "hidden": {"federation": listing.desk.place.pk, "plan": spot.plan.pk}
        | {"view": spot.view, "figure": figure.value},
        # A name stays out of the jobs: the export is of everybody.
        "whole_url": listing.address(q=""),
        "is_period": spot.plan.kind == PlanKind.PERIOD,
        "has_units": spot.view == "subtree",
    }
    if listing.is_too_large:
        return facts | {"units": describe_units(listing), "limit": MOST_PEOPLE}
    return facts | describe_list(listing)


def describe_list(listing: Listing) -> dict:
    spot = listing.spot
    return {
        "people": listing.people,
        "lines": write_lines(listing.people, is_period=spot.plan.kind == PlanKind.PERIOD),
        "page_obj": listing.page,
        "query": listing.address().partition("?")[2],
        "uncounted": uncounted_at(spot, listing.now) if spot.view == "own" else (),
    }


def describe_number(listing: Listing) -> dict:
    """The number as the board shows it, with its formula; `is_late` where the board will follow."""
    spot, figure = listing.spot, listing.figure
    shown = counted_in(spot.standing, spot.view, figure)
    live = None if listing.name or listing.is_too_large else listing.counts[figure]
    return {
        "count": shown if shown is not None else live,
        "found": listing.counts[figure],
        "formula": formula_text(spot, figure),
        "is_late": shown is not None and live is not None and shown != live,
        "live": live,
    }


def formula_text(spot: Spot, figure: Figure) -> str:
    """完成 11 ÷ 应参 15 = 完成率 73.3%; empty for a figure that is no share of another."""
    counts = Figures.read(spot.standing, spot.view)
    sort = next((each for each in SORTS.values() if each.people == figure), None)
    if figure == Figure.UNFINISHED:
        return _("应参 %(due)d − %(part_label)s %(completed)d = %(left)d") % {
            "due": counts.due,
            "part_label": SORTS["completed"].part_name_for(spot.plan),
            "completed": counts.completed,
            "left": counts.due - counts.completed,
        }
    # Whoever is due is a share of nothing; where hours were earned, they were by her.
    if sort is None or (figure == Figure.DUE and not counts.credit):
        return ""
    part = getattr(counts, sort.part)
    return _("%(part_label)s %(part)s ÷ %(whole_label)s %(whole)d = %(label)s %(value)s") % {
        "part_label": sort.part_name_for(spot.plan),
        # Sums of scores are in basis points, hours in hundredths.
        "part": hours_text(part) if sort.key in ("score", "credit") else part,
        "whole_label": sort.whole_label,
        "whole": getattr(counts, sort.whole),
        "label": sort.name_for(spot.plan),
        "value": sort.text(sort.of(counts)),
    }


def describe_views(listing: Listing) -> list[dict]:
    labels = {"subtree": _("本级和下面各级"), "own": _("只看本级队伍")}
    return [
        {
            "label": label,
            "url": listing.address(view=view),
            "current": view == listing.spot.view,
        }
        for view, label in labels.items()
    ]


def describe_filters(listing: Listing) -> list[dict]:
    has_quiz = listing.spot.standing.subtree_scored or listing.figure in (
        Figure.PASSED,
        Figure.EXCELLENT,
        Figure.SCORED,
    )
    return [
        {
            "label": meaning.label,
            "count": listing.counts[figure],
            "url": listing.address(figure=figure.value),
            "current": figure == listing.figure,
        }
        for figure, meaning in FIGURES.items()
        if listing.counts[figure] is not None and (has_quiz or not meaning.needs_quiz)
    ]


def describe_plans(listing: Listing) -> list[dict]:
    asked = listing.spot.plan
    return [
        {"pk": plan.pk, "title": plan.title, "current": plan == asked} for plan in listing.plans
    ]


def describe_units(listing: Listing) -> list[dict]:
    """The own team and the units below; their numbers add up to the one above them."""
    spot = listing.spot

    def facts(place: Federation, view: str, label: str, count: int | None) -> dict:
        return {"name": label, "count": count, "url": listing.address(place=place, view=view)}

    own = counted_in(spot.standing, "own", listing.figure)
    rows = [facts(spot.federation, "own", _("%s（本级队伍）") % spot.federation.name, own)]
    for place, standing in unit_counts(spot):
        count = counted_in(standing, "subtree", listing.figure)
        rows.append(facts(place, "subtree", place.name, count))
    return rows


@require_POST
@desk_view()
def export(request):
    spot = asked_spot(request.desk, request.POST)
    if spot is None:
        return redirect("desk_people")
    job = ask_for_job(
        kind="plan_people_export",
        title=_("导出名单：%s") % spot.plan.title,
        owner=request.user,
        params={
            "plan": spot.plan.pk,
            "federation": request.desk.place.pk,
            "view": spot.view,
            "figure": read_figure(request.POST.get("figure", "")).value,
        },
    )
    return redirect(f"{reverse('desk_job', args=[job.pk])}?federation={request.desk.place.pk}")
