"""Content that belongs to a federation, in the admin: the editors' roles decide."""

from federations.admin_views.policies import StaffPolicy
from federations.admin_views.scoped import ScopedViewSetMixin
from federations.editing import EDITING_ROLES, edits_whole_platform, within_edited

ACTIONS = ["view", "add", "change", "delete"]


class EditingPolicy(StaffPolicy):
    """Any editor; to which rows, the viewset says."""

    def __init__(self, model):
        super().__init__(model, roles_by_action=dict.fromkeys(ACTIONS, EDITING_ROLES))


class PlatformPolicy(EditingPolicy):
    """For what all share: the editors of the province."""

    def user_has_permission(self, user, action) -> bool:
        return super().user_has_permission(user, action) and edits_whole_platform(user)


class EditedViewSetMixin(ScopedViewSetMixin):
    """For a ModelViewSet of content; `owner_field` leads to the federation."""

    owner_field = "federation"

    def limit_rows(self, user, rows, *, roles):
        return rows.filter(within_edited(user, self.owner_field))
