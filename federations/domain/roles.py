"""Staff roles, each change on record. Roles give groups; which, the composition root knows."""

from django.db import transaction
from wagtail import hooks

from federations.models import StaffRole
from members.domain.audit import record
from members.models import Action, Member

# Functions of the ids of the members whose roles changed.
ROLES_CHANGED = "after_change_staff_roles"


@transaction.atomic
def save_role(*, role: StaffRole, by: Member) -> StaffRole:
    """A new one or a changed one; one that passes to another member is noted for both."""
    before = StaffRole.objects.filter(pk=role.pk).select_related("member").first()
    role.save()
    if before and before.member_id != role.member_id:
        _note(before, by=by, is_deleted=True)
    _note(role, by=by, is_deleted=False)
    _announce({each.member_id for each in (before, role) if each})
    return role


@transaction.atomic
def delete_role(*, role: StaffRole, by: Member) -> None:
    _note(role, by=by, is_deleted=True)
    role.delete()
    _announce({role.member_id})


def _note(role: StaffRole, *, by: Member, is_deleted: bool) -> None:
    detail = {"role": role.role, "federation": role.federation_id, "is_deleted": is_deleted}
    record(action=Action.ROLE_CHANGED, by=by, subject=role.member, detail=detail)


def _announce(member_ids: set[int]) -> None:
    for react in hooks.get_hooks(ROLES_CHANGED):
        react(member_ids)
