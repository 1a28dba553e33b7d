"""Staff roles, each change on record. Roles give groups; which, the composition root knows."""

from django.db import transaction
from wagtail import hooks

from federations.models import StaffRole
from members.domain.audit import record
from members.models import Action, Member

# Functions of the ids of the members whose roles changed.
ROLES_CHANGED = "after_change_staff_roles"


@transaction.atomic
def save_role(*, role: StaffRole, by: Member, was_of: int | None = None) -> StaffRole:
    """`was_of`: the member who had the role until now, if anybody."""
    role.save()
    if was_of not in (None, role.member_id):
        _note(role, Member(pk=was_of), by=by, is_deleted=True)
    _note(role, role.member, by=by, is_deleted=False)
    _announce({was_of, role.member_id} - {None})
    return role


@transaction.atomic
def delete_role(*, role: StaffRole, by: Member) -> None:
    _note(role, role.member, by=by, is_deleted=True)
    role.delete()
    _announce({role.member_id})


def _note(role: StaffRole, member: Member, *, by: Member, is_deleted: bool) -> None:
    detail = {"role": role.role, "federation": role.federation_id, "is_deleted": is_deleted}
    record(action=Action.ROLE_CHANGED, by=by, subject=member, detail=detail)


def _announce(member_ids: set[int]) -> None:
    for react in hooks.get_hooks(ROLES_CHANGED):
        react(member_ids)
