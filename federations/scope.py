"""The one place that answers "may she see this?" for federations and the people in them.

A staff role is valid for its federation's whole subtree and for its term. Siblings and superiors
stay invisible. A superuser sees the whole tree.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from federations.models import Appointment, Federation, StaffRole, StaffRoleType
from federations.models.federation import subtree_range
from members.prepared import Prepared

ALL_ROLES = tuple(StaffRoleType)
# Who has learned what, and holds which certificate, is no business of editors and examiners.
LOOKERS = (StaffRoleType.MANAGER, StaffRoleType.VIEWER)


def staff_federations(member, *, roles=ALL_ROLES):
    """Federations whose people and figures `member` may see as staff, as a QuerySet."""
    if not member.is_authenticated or not member.is_active:
        return Federation.objects.none()
    if member.is_superuser:
        return Federation.objects.all()
    return Federation.objects.filter(within_paths("path", staff_paths(member, roles=roles)))


def staff_places(member, *, roles=ALL_ROLES) -> list[Federation]:
    """The federations at which the member holds one of `roles` today."""
    return [held.federation for held in staff_roles(member) if held.role in roles]


def staff_roles(member) -> list[StaffRole]:
    """The roles that the member holds today, each with its federation."""
    return _HELD.instances(member=member.pk, today=timezone.localdate())


def _held(member: int, today: date) -> QuerySet:
    return StaffRole.objects.in_force(today).filter(member=member).select_related("federation")


# Asked for every page of the desk.
_HELD = Prepared(_held, member=int, today=date)


def staff_paths(member, *, roles=ALL_ROLES) -> list[str]:
    return [place.path for place in staff_places(member, roles=roles)]


def within_paths(field: str, paths: list[str]) -> Q:
    """A filter: `field` lies at or below one of `paths`; nothing at all when there is none."""
    return within_ranges(field, map(subtree_range, paths))


def within_ranges(field: str, ranges: Iterable[tuple[str, str]]) -> Q:
    """`within_paths`, of the first and last path of each subtree."""
    condition = Q(pk__in=[])
    for ends in ranges:
        condition |= Q(**{f"{field}__range": ends})
    return condition


def is_committee_member(member) -> bool:
    """Whether the academy is open to her: an appointment in force, or a staff role."""
    if not member.is_authenticated or not member.is_active:
        return False
    today = timezone.localdate()
    return (
        member.is_superuser
        or bool(_APPOINTED.rows(member=member.pk, today=today))
        or member.staff_roles.in_force(today).exists()
    )


def _appointed(member: int, today: date) -> QuerySet:
    return Appointment.objects.in_force(today).filter(member=member).values_list("pk")[:1]


# Asked for every page of the academy.
_APPOINTED = Prepared(_appointed, member=int, today=date)


def may_see_boards(member) -> bool:
    """Leaderboards rank units, not people: every committee member may read all of them."""
    return is_committee_member(member)


def appointed(member: str, today: date) -> Exists:
    """For a query of something else that has the column `member`: the first half of
    `is_committee_member`, without a query of its own."""
    return Exists(Appointment.objects.in_force(today).filter(member=OuterRef(member)))


def manages(member, federation: Federation) -> bool:
    """Whether she may change who serves at `federation`."""
    if member.is_superuser:
        return member.is_active
    paths = staff_paths(member, roles=(StaffRoleType.MANAGER,))
    return member.is_active and any(federation.path.startswith(path) for path in paths)
