"""The lists behind the figures that belong to no plan."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from federations.desk.access import desk_view
from learning.today import FACTS, count_in, people_in

PER_PAGE = 30


@require_safe
@desk_view()
def today(request, fact):
    if fact not in FACTS:
        raise Http404
    place, asked = request.desk.place, FACTS[fact]
    found = people_in(asked, place, localdate()).select_related("member", "federation")
    # Whoever is soonest stands first; else unit by unit.
    if not found.query.order_by:
        found = found.order_by("federation__path", "pk")
    paginator = Paginator(found, PER_PAGE)
    paginator.count = count_in(fact, place, localdate())
    page = paginator.get_page(request.GET.get("p"))
    facts = {"fact": asked, "page_obj": page, "query": f"federation={place.pk}"}
    return render(request, "pages/desk/overview/today.html", facts)
