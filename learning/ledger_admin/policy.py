"""Who may do what: the rules are one for the whole platform, so the province makes them."""

from federations.admin_views.policies import MANAGERS, StaffPolicy
from federations.scope import LOOKERS, staff_places
from learning.models import PointRule


def manages_rules(user) -> bool:
    """A manager of the province, or a superuser; read once per request, the menu asks often."""
    if not user.is_active:
        return False
    if not hasattr(user, "_manages_rules"):
        places = staff_places(user, roles=MANAGERS)
        user._manages_rules = user.is_superuser or any(place.is_root() for place in places)
    return user._manages_rules


def sees_hours(user) -> bool:
    return user.is_active and (user.is_superuser or bool(staff_places(user, roles=LOOKERS)))


class PointRulePolicy(StaffPolicy):
    def user_has_permission(self, user, action) -> bool:
        return super().user_has_permission(user, action) and manages_rules(user)


POINT_RULE_POLICY = PointRulePolicy(
    PointRule, roles_by_action=dict.fromkeys(["view", "add", "change", "delete"], MANAGERS)
)
