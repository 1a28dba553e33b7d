"""The admin's part about federations and people. Every row passes `federations.scope`."""

from federations.admin_views.policies import StaffPolicy
from federations.admin_views.scoped import ScopedViewSetMixin

__all__ = ["ScopedViewSetMixin", "StaffPolicy"]
