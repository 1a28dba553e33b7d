"""Who comes to the desk, and at which federation she stands: what every desk view asks first."""

from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from federations.models import Federation, StaffRole, StaffRoleType
from federations.queries import way_to
from federations.scope import LOOKERS, staff_roles
from members.converters import read_number

MANAGERS = (StaffRoleType.MANAGER,)


@dataclass(frozen=True)
class Desk:
    """`place` is the federation that the page is about, `above` what lies above it, the highest
    first; `tops` are those where her scope begins."""

    member: object
    place: Federation
    tops: tuple[Federation, ...]
    held: tuple[StaffRole, ...]
    above: tuple[Federation, ...] = ()

    @property
    def is_manager(self) -> bool:
        """Whether she may change things at `place`; a viewer only looks."""
        return self.may(MANAGERS)

    def may(self, roles: tuple[StaffRoleType, ...], place: Federation | None = None) -> bool:
        """Whether she holds one of `roles` at `place` (this one by default) or above it."""
        path = (place or self.place).path
        at = [each.federation.path for each in self.held if each.role in roles]
        return self.member.is_superuser or any(path.startswith(each) for each in at)

    @property
    def crumbs(self) -> list[Federation]:
        """The federations above the place, as far up as her scope reaches, the highest first."""
        return [
            each for each in self.above if any(each.path.startswith(top.path) for top in self.tops)
        ]

    def name_of(self, federation: Federation) -> str:
        """松口镇 大黄村委会: many villages have one name. A superior of hers is not named."""
        parent = federation.parent
        is_seen = parent and any(parent.path.startswith(top.path) for top in self.tops)
        return f"{parent.name} {federation.name}" if is_seen else federation.name

    def address(self, url_name: str, *args, place: Federation | None = None, **query) -> str:
        """A desk page's address at this place (or `place`), with the query."""
        query = {"federation": (place or self.place).pk} | query
        return f"{reverse(url_name, args=args)}?{urlencode(query)}"


def desk_view(roles: tuple[StaffRoleType, ...] = LOOKERS):
    """For a view at the desk: `request.desk` is a Desk.

    The place is what `federation` in the form or the address asks for, else the highest of hers.
    Nobody's desk: 403. A place out of her scope: 404, as if it did not exist. A place at which she
    holds none of `roles`: 403.
    """

    def decorate(view):
        @wraps(view)
        @never_cache
        @login_required
        def guarded(request, *args, **kwargs):
            request.desk = open_desk(request.user, asked_place(request))
            if not request.desk.may(roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def asked_place(request) -> int | None:
    """The id of the federation that is asked for; Http404 for what is none."""
    text = request.POST.get("federation") or request.GET.get("federation")
    if not text:
        return None
    number = read_number(text)
    if number is None:
        raise Http404
    return number


def open_desk(member, asked: int | None) -> Desk:
    """Raises PermissionDenied for who has no desk, Http404 for a place that is not hers."""
    held = tuple(each for each in staff_roles(member) if each.role in LOOKERS)
    tops = _tops(member, held)
    if not tops or not member.is_active:
        raise PermissionDenied
    # Nothing of hers lies above her highest place.
    way = tops[:1] if asked is None else way_to(asked)
    if not way or not any(way[-1].path.startswith(top.path) for top in tops):
        raise Http404
    *above, place = way
    return Desk(member=member, place=place, tops=tops, held=held, above=tuple(above))


def _tops(member, held: tuple[StaffRole, ...]) -> tuple[Federation, ...]:
    """Where her scope begins; what lies below another of hers is left out."""
    if member.is_superuser:
        return tuple(Federation.get_root_nodes())
    places = sorted({each.federation.path: each.federation for each in held}.items())
    tops: list[Federation] = []
    for path, place in places:
        if not tops or not path.startswith(tops[-1].path):
            tops.append(place)
    return tuple(tops)


def has_desk(member) -> bool:
    return member.is_active and (
        member.is_superuser or any(each.role in LOOKERS for each in staff_roles(member))
    )
