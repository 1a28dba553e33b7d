"""Reads about federations and appointments, shaped for the templates."""

from django.utils import timezone

from federations.models import Federation


def path_names(federation) -> list[str]:
    """Names from the city down to the federation itself: the province goes without saying."""
    paths = federation.paths_down_to_here[1:]
    names = dict(Federation.objects.filter(path__in=paths).values_list("path", "name"))
    return [names[path] for path in paths if path in names] or [federation.name]


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
