"""Local picks as readers see them, by city."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.images import get_image_model

from cms.models import LocalPick
from federations.models import Federation, Level
from federations.queries import counted_appointment

COOKIE, COOKIE_AGE = "local_city", 60 * 60 * 24 * 365
# Chosen, and so remembered, as opposed to nothing chosen yet.
WHOLE_PROVINCE = "all"
PICTURE = "fill-400x226"


@dataclass(frozen=True)
class PickCard:
    title: str
    url: str
    summary: str
    organiser: str
    city: str
    kind: str
    image: object
    is_app: bool


def cities() -> list[Federation]:
    """The 21, in the order of their codes."""
    return list(Federation.objects.at_level(Level.CITY).order_by("code", "pk"))


def city_of(federation: Federation) -> Federation | None:
    """The city at or above it; None for the province itself."""
    above = Federation.objects.filter(path__in=federation.paths_down_to_here)
    return above.at_level(Level.CITY).first()


def choose_city(request, offered: list[Federation]) -> Federation | None:
    """Asked for by the address, else as chosen before on this device, else the member's own."""
    by_code = {city.code: city for city in offered}
    for code in (request.GET.get("city"), request.COOKIES.get(COOKIE)):
        if code == WHOLE_PROVINCE:
            return None
        if code in by_code:
            return by_code[code]
    return _own_city(request.user)


def _own_city(member) -> Federation | None:
    appointment = counted_appointment(member) if member.is_authenticated else None
    return city_of(appointment.federation) if appointment else None


def shown_picks(today: date):
    pictures = get_image_model().objects.prefetch_renditions(PICTURE)
    picks = LocalPick.objects.shown(today).select_related("federation", "city", "kind")
    return picks.prefetch_related(Prefetch("picture", pictures)).in_order()


def pick_cards(picks) -> list[PickCard]:
    return [
        PickCard(
            title=pick.title,
            url=pick.address or reverse("local_app", args=[pick.pk]),
            summary=pick.summary,
            organiser=pick.federation.title,
            city=pick.city.name if pick.city else "",
            kind=pick.kind.name,
            image=pick.picture.get_rendition(PICTURE) if pick.picture else None,
            is_app=not pick.address,
        )
        for pick in picks
    ]


def app_address(pick: LocalPick) -> str:
    """WeChat's own plain scheme: a phone's browser hands it to WeChat."""
    path, _mark, query = pick.app_path.partition("?")
    asked = {"appid": pick.app_id, "path": path, "query": query}
    return "weixin://dl/business/?" + urlencode({k: v for k, v in asked.items() if v})
