"""What staff may do at all; which rows they may do it to is `scoped`'s question.

Permission comes from staff roles, not from Django's permission records: those hold for the whole
table, and Wagtail's own views (site history, bulk actions, the user list) would honour them for
every row.
"""

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.permission_policies import BasePermissionPolicy

from federations.models import StaffRole, StaffRoleType

ALL_ROLES = tuple(StaffRoleType)
MANAGERS = (StaffRoleType.MANAGER,)

Roles = tuple[StaffRoleType, ...]


class StaffPolicy(BasePermissionPolicy):
    """`roles_by_action` names the roles that each action takes; () leaves it to superusers.

    An action that is not named is open to nobody, a superuser included.
    """

    def __init__(self, model, *, roles_by_action: dict[str, Roles]):
        super().__init__(model)
        self.roles_by_action = roles_by_action

    def roles_for(self, action: str) -> Roles:
        return self.roles_by_action.get(action, ())

    def user_has_permission(self, user, action) -> bool:
        if action not in self.roles_by_action or not user.is_active:
            return False
        return user.is_superuser or not held_roles(user).isdisjoint(self.roles_for(action))

    def users_with_any_permission(self, actions):
        roles = {role for action in actions for role in self.roles_for(action)}
        held = StaffRole.objects.in_force(timezone.localdate()).filter(role__in=roles)
        users = get_user_model().objects.filter(is_active=True)
        return users.filter(is_superuser=True) | users.filter(pk__in=held.values("member"))


def held_roles(user) -> set[str]:
    """Kinds of role that the user holds today; read once per request, the menu asks often."""
    if not hasattr(user, "_held_roles"):
        roles = StaffRole.objects.in_force(timezone.localdate()).filter(member_id=user.pk)
        user._held_roles = set(roles.values_list("role", flat=True))
    return user._held_roles
