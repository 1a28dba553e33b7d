"""Local picks for readers: open to everyone."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from cms.local import (
    COOKIE,
    COOKIE_AGE,
    WHOLE_PROVINCE,
    app_address,
    choose_city,
    cities,
    pick_cards,
    shown_picks,
)
from cms.models import PickKind
from members.converters import read_number

PER_PAGE = 20


@require_safe
def index(request):
    """The picks of one city; the city that was asked for is remembered on this device."""
    offered = cities()
    city = choose_city(request, offered)
    here = shown_picks(timezone.localdate()).for_city(city)
    present = set(here.order_by().values_list("kind", flat=True))
    kinds = list(PickKind.objects.filter(pk__in=present))
    kind = next(
        (each for each in kinds if each.pk == read_number(request.GET.get("kind", ""))), None
    )
    picks = here.filter(kind=kind) if kind else here
    shown = Paginator(picks, PER_PAGE).get_page(request.GET.get("p"))
    code = city.code if city else WHOLE_PROVINCE
    asked = {"city": code} | ({"kind": kind.pk} if kind else {})
    context = {
        "cities": offered,
        "city": city,
        "code": code,
        "kinds": kinds,
        "kind": kind,
        "cards": pick_cards(shown.object_list),
        "page_obj": shown,
        "query": urlencode(asked),
    }
    response = render(request, "pages/cms/local.html", context)
    if request.GET.get("city") == code:
        response.set_cookie(
            COOKIE, code, max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure()
        )
    return response


@require_safe
def app(request, pick_id):
    """How to get to a mini-program: by WeChat's own scheme, or by searching for its name."""
    pick = shown_picks(timezone.localdate()).filter(pk=pick_id, address="").first()
    if pick is None:
        raise Http404
    context = {"pick": pick, "card": pick_cards([pick])[0], "way": app_address(pick)}
    return render(request, "pages/cms/local_app.html", context)
