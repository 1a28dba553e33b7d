"""Staff roles in the admin. Roles give groups; which, the composition root knows."""

from collections.abc import Iterable

from wagtail import hooks
from wagtail.admin.views import generic

from federations.models import StaffRole
from members.domain.audit import record
from members.models import Action

ROLES_CHANGED = "after_change_staff_roles"


def announce_role_change(member_ids: Iterable[int]) -> None:
    """Call what is registered for `ROLES_CHANGED` with the members whose roles changed."""
    affected = set(member_ids)
    for react in hooks.get_hooks(ROLES_CHANGED):
        react(affected)


def note_role_change(role: StaffRole, *, by, is_deleted: bool = False) -> None:
    detail = {"role": role.role, "federation": role.federation_id, "is_deleted": is_deleted}
    record(action=Action.ROLE_CHANGED, by=by, subject=role.member, detail=detail)


class DeleteRoleView(generic.DeleteView):
    def delete_action(self):
        member_id = self.object.member_id
        note_role_change(self.object, by=self.request.user, is_deleted=True)
        super().delete_action()
        announce_role_change([member_id])
