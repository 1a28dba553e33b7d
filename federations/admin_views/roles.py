"""Staff roles in the admin. Roles give groups; which, the composition root knows."""

from collections.abc import Iterable

from wagtail import hooks
from wagtail.admin.views import generic

ROLES_CHANGED = "after_change_staff_roles"


def announce_role_change(member_ids: Iterable[int]) -> None:
    """Call what is registered for `ROLES_CHANGED` with the members whose roles changed."""
    affected = set(member_ids)
    for react in hooks.get_hooks(ROLES_CHANGED):
        react(affected)


class DeleteRoleView(generic.DeleteView):
    def delete_action(self):
        member_id = self.object.member_id
        super().delete_action()
        announce_role_change([member_id])
