"""The leaderboard: plain links, and the same fragment by htmx where JavaScript runs."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from federations.models import Level
from federations.seats import Seats, seats_of
from learning.boards import BY, SORTS, VIEWS, Board
from learning.boards.reading import find_way
from learning.boards.subjects import all_boards, find_subjects, offers_scores
from learning.models import Plan, PlanKind, Span
from learning.views.board_addresses import BoardAddress
from learning.views.board_facts import board_context, kind_links
from learning.views.board_why import why_context
from learning.views.board_wording import NOTHING_YET, subject_facts
from members.converters import read_number

PER_PAGE = 20
MAX_TYPED = 30


@require_safe
@login_required
@vary_on_headers("HX-Request")
def board(request):
    seats = enter(request)
    subjects = subjects_asked(request, seats)
    if not subjects:
        kind = kind_asked(request)
        context = {"tab": "board", "kinds": kind_links(kind), "empty": NOTHING_YET[kind]}
        return render(request, fragment(request, "no_board"), context)
    shown = choose_board(request, subjects[0])
    asked = BoardAddress(
        shown,
        query=request.GET.get("q", "").replace("\0", "").strip()[:MAX_TYPED],
        page=page_asked(request),
    )
    context = board_context(seats, shown, subjects, asked)
    return render(request, fragment(request, "board"), context)


@require_safe
@login_required
@vary_on_headers("HX-Request")
def why(request):
    """Where a unit's number comes from: the counts and the formula, no names."""
    seats = enter(request)
    subjects = subjects_asked(request, seats)
    if not subjects:
        raise Http404
    shown = choose_board(request, subjects[0])
    return render(request, fragment(request, "why"), why_context(seats, shown))


@require_safe
@login_required
def boards(request):
    """All boards of a kind, the newest first."""
    seats, kind = enter(request), kind_asked(request)
    typed = request.GET.get("q", "").replace("\0", "").strip()[:MAX_TYPED]
    found = all_boards(seats, kind=kind, words=typed, now=timezone.now())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "tab": "board",
        "kind": kind,
        "kinds": kind_links(kind, name="learning:boards"),
        "boards": [subject_facts(plan) for plan in page],
        "page_obj": page,
        "typed": typed,
        "query": urlencode({"kind": kind, "q": typed}),
    }
    return render(request, "pages/learning/boards.html", context)


def fragment(request, name: str) -> str:
    return f"pages/learning/{'_' if request.htmx else ''}{name}.html"


def enter(request) -> Seats:
    """Leaderboards rank units, not people: every committee member may read all of them."""
    seats = seats_of(request.user)
    if not seats.is_committee_member:
        raise PermissionDenied
    return seats


def subjects_asked(request, seats: Seats) -> list[Plan]:
    """The board that is asked for, and others of its kind; Http404 for one that is not hers."""
    wanted = request.GET.get("plan")
    wanted = read_id(wanted) if wanted else None
    kind = kind_asked(request)
    found = find_subjects(seats, wanted=wanted, kind=kind, now=timezone.now())
    if wanted and (not found or found[0].pk != wanted):
        raise Http404
    if not wanted and kind == PlanKind.PERIOD:
        # A stable sort: this month first, or whatever there is.
        found.sort(key=lambda plan: plan.span != Span.MONTH)
    return found


def kind_asked(request) -> str:
    kind = request.GET.get("kind")
    return kind if kind in PlanKind else PlanKind.TASK.value


def choose_board(request, plan: Plan) -> Board:
    """What the address asks for; the top of the plan when it names no place.

    Raises Http404 for a unit that the plan does not reach.
    """
    wanted = request.GET.get("federation")
    way = find_way(plan, read_id(wanted) if wanted else None)
    if not way and wanted and request.GET.get("kind") and not request.GET.get("plan"):
        # She changed the kind, and the first board of it does not reach where she was.
        way = find_way(plan)
    if not way:
        raise Http404
    asked = {name: request.GET.get(name) for name in ("view", "sort", "by")}
    sort = SORTS.get(asked["sort"], SORTS["completed"])
    return Board(
        plan=plan,
        federation=way[-1].federation,
        view=asked["view"] if asked["view"] in VIEWS else "subtree",
        sort=SORTS["completed"] if sort.needs_quiz and not offers_scores(plan) else sort,
        level=level_asked(request, plan),
        by=asked["by"] if asked["by"] in BY and plan.previous_id else "value",
        way=way,
    )


def level_asked(request, plan: Plan) -> int | None:
    """A level below the plan's own; None (the units below) for anything else."""
    level = read_number(request.GET.get("level", ""))
    return level if level in Level and level > plan.federation.level else None


def page_asked(request) -> int:
    return read_number(request.GET.get("p", "")) or 1


def read_id(text: str) -> int:
    """A database id from an address; Http404 for anything else."""
    number = read_number(text)
    if number is None:
        raise Http404
    return number
