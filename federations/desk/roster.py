"""The roster at the desk: the tree place by place, each with its team, and the search."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from federations.desk.access import desk_view
from federations.desk.roster_queries import branches_of, find, past_team_of, team_of

PER_PAGE = 30
LONGEST_QUERY = 50


@require_safe
@vary_on_headers("HX-Request")
@desk_view()
def roster(request):
    """The place's team, and what is below it. A script asks for the level below alone."""
    desk, today = request.desk, localdate()
    place, children = branches_of(desk.place, today)
    for each in children:
        each.url = desk.address("desk_roster", place=each.federation)
    if request.headers.get("HX-Request"):
        return render(request, "pages/desk/roster/_branches.html", {"children": children})
    is_past = request.GET.get("team") == "past"
    team = (past_team_of if is_past else team_of)(desk.place, today)
    query = {"federation": desk.place.pk} | ({"team": "past"} if is_past else {})
    context = {
        "place": place,
        "children": children,
        "page_obj": Paginator(team, PER_PAGE).get_page(request.GET.get("p")),
        "query": urlencode(query),
        "is_past": is_past,
        "today": today,
        "team_url": desk.address("desk_roster"),
        "past_url": desk.address("desk_roster", team="past"),
        "tools": _tools(desk),
        "search_url": desk.address("desk_roster_search"),
    }
    return render(request, "pages/desk/roster/roster.html", context)


def _tools(desk) -> list[tuple[str, str, str]]:
    """(label, icon, address) of what she may do with the whole team."""
    if not desk.is_manager:
        return []
    return [
        (_("增补执委"), "users", desk.address("desk_roster_appoint")),
        (_("换届"), "again", desk.address("desk_roster_renewal")),
        (_("合并重复账号"), "link", desk.address("desk_roster_merge")),
    ]


@vary_on_headers("HX-Request")
@desk_view()
def search(request):
    """By post: what is typed may be a phone, which belongs in no address and no log."""
    typed = request.POST.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    desk = request.desk
    found = find(desk, typed, localdate()) if typed else None
    if found:
        for hit in found.people:
            hit.url = desk.address("desk_roster_member", hit.member.pk)
        for place in found.places:
            place.url = desk.address("desk_roster", place=place)
    context = {
        "typed": typed,
        "found": found,
        "is_odd_number": typed.isdecimal() and len(typed) not in (4, 11),
        "search_url": desk.address("desk_roster_search"),
    }
    is_part = request.headers.get("HX-Request")
    template = "_found.html" if is_part else "search.html"
    return render(request, f"pages/desk/roster/{template}", context)
