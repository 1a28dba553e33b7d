"""名单: whom a figure of a board counts, one by one, so that any number can be explained."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from federations.desk.access import Desk, desk_view
from federations.domain.jobs import ask_for_job
from federations.models import Federation
from learning.boards import SORTS
from learning.desk.plans import MOST, asked_spot, choices_at
from learning.desk.units import unit_counts
from learning.domain.standings.figures import Figures
from learning.models import PlanKind
from learning.people import FIGURES, Figure, Spot, count_figures, list_people
from learning.people.figures import counted_in
from learning.people.listing import rows_at
from learning.people.uncounted import uncounted_at
from learning.wording import hours_text

PER_PAGE = 30
# Judging more at once takes longer than a page may; the units below are listed instead.
MOST_PEOPLE = 10_000
MOST_NAME = 20


@dataclass(frozen=True)
class Listing:
    """What one page shows. `desk` is where she stands, `spot` what the figure is about."""

    desk: Desk
    spot: Spot
    figure: Figure
    name: str
    asked_page: str | None
    now: object

    @property
    def is_too_large(self) -> bool:
        return self.spot.view == "subtree" and self.spot.standing.subtree_due > MOST_PEOPLE

    @cached_property
    def rows(self):
        return rows_at(self.spot, self.now)

    @cached_property
    def counts(self) -> dict[Figure, int | None]:
        spot = self.spot
        if self.is_too_large:
            return {each: counted_in(spot.standing, spot.view, each) for each in FIGURES}
        return count_figures(spot.plan, self.rows, self.now, name=self.name)

    def address(self, **changed) -> str:
        query = {"plan": self.spot.plan.pk, "view": self.spot.view, "figure": self.figure.value}
        # The counts on the links are of those whose name is looked for.
        query |= {"q": self.name} if self.name else {}
        place = changed.pop("place", self.desk.place)
        return self.desk.address("desk_people", place=place, **query | changed)


@require_safe
@desk_view()
@vary_on_headers("HX-Request")
def people(request):
    listing = read_listing(request)
    if listing is None:
        return render(request, "pages/desk/people/none.html")
    template = "_people" if request.htmx else "people"
    return render(request, f"pages/desk/people/{template}.html", describe(listing))


def read_listing(request) -> Listing | None:
    spot = asked_spot(request.desk, request.GET)
    return spot and Listing(
        desk=request.desk,
        spot=spot,
        figure=read_figure(request.GET.get("figure", "")),
        name=request.GET.get("q", "").replace("\0", "").strip()[:MOST_NAME],
        asked_page=request.GET.get("p"),
        now=timezone.now(),
    )


def read_figure(text: str) -> Figure:
    return Figure(text) if text in FIGURES else Figure.DUE


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
    # The rows are read by their place; the paginator only counts.
    paginator = Paginator(range(listing.counts[listing.figure]), PER_PAGE)
    page, spot = paginator.get_page(listing.asked_page), listing.spot
    found = list_people(
        spot.plan,
        listing.rows,
        listing.now,
        figure=listing.figure,
        name=listing.name,
        limit=PER_PAGE,
        offset=max(0, page.start_index() - 1),
    )
    return {
        "people": found,
        "page_obj": page,
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
    plans = list(choices_at(listing.desk)[:MOST])
    if listing.spot.plan not in plans:
        plans.insert(0, listing.spot.plan)
    return [
        {"pk": plan.pk, "title": plan.title, "current": plan == listing.spot.plan} for plan in plans
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
