"""Reads about federations and appointments, shaped for the templates."""

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils import timezone

from federations.models import Federation, Level
from members.prepared import Prepared


def path_names(federation) -> list[str]:
    """Names from the city down to the federation itself: the province goes without saying."""
    paths = federation.paths_down_to_here[1:]
    names = dict(Federation.objects.filter(path__in=paths).values_list("path", "name"))
    return [names[path] for path in paths if path in names] or [federation.name]


def way_to(federation_id: int) -> list[Federation]:
    """From the root down to the federation, itself included; empty where there is none."""
    found = _WAY.instances(federation=federation_id)
    return found if found and found[-1].pk == federation_id else []


def way_down(federation: int) -> QuerySet:
    """The federation with this id and all above it, the root first; a query to be prepared."""
    asked, step = Federation.objects.filter(pk=federation).order_by(), Federation.steplen
    # No tree is deeper: every step down is to a lower one of five levels.
    ends = range(step, step * len(Level) + 1, step)
    paths = [Subquery(asked.values(cut=Substr("path", 1, end))[:1]) for end in ends]
    return Federation.objects.filter(path__in=paths).order_by("path")


_WAY = Prepared(way_down, federation=int)


def full_title(federation) -> str:
    """梅州市梅县区松口镇大黄村妇联"""
    *above, _own = path_names(federation)
    return "".join([*above, federation.title])


def counted_appointment(member):
    """The appointment under which the member is counted today, with its federation, or None."""
    return (
        member.appointments.counted()
        .in_force(timezone.localdate())
        .select_related("federation")
        .first()
    )
