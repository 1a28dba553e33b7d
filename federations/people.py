"""Which accounts staff see and look after: `federations.scope` applied to people."""

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from federations.models import Appointment, StaffRole, StaffRoleType
from federations.scope import staff_paths, within_paths
from members.models import Member


def members_in_scope(user, *, roles=tuple(StaffRoleType)):
    """Members who serve, or are staff, at a federation in the user's scope."""
    if user.is_superuser:
        return Member.objects.all()
    here = within_paths("federation__path", staff_paths(user, roles=roles))
    return Member.objects.filter(_held(Appointment, here) | _held(StaffRole, here))


def accounts_in_care(user):
    """Accounts that the user may change: members who are counted in a scope that she manages.

    Whoever may change a phone number may sign in as its owner. So staff are left to superusers,
    and of several appointments the counted one decides who looks after the account.
    """
    if user.is_superuser:
        return Member.objects.all()
    here = within_paths("federation__path", staff_paths(user, roles=(StaffRoleType.MANAGER,)))
    roles = StaffRole.objects.filter(member=OuterRef("pk"))
    return Member.objects.filter(
        _held(Appointment, here, is_counted=True),
        ~Exists(roles),
        is_staff=False,
        is_superuser=False,
        groups__isnull=True,
    )


def _held(model, condition, **filters):
    return Exists(model.objects.filter(condition, member=OuterRef("pk"), **filters))


def with_counted_appointment(members):
    """`counted_now` lists the counted appointment in force: one at most, one query for all."""
    counted = Appointment.objects.counted().in_force(timezone.localdate())
    return members.prefetch_related(
        Prefetch("appointments", counted.select_related("federation"), to_attr="counted_now")
    )
