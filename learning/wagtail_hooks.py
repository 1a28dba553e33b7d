from wagtail import hooks
from wagtail.permissions import register_permission_policy

from learning.admin_views import PLAN_POLICY, PlanViewSet
from learning.models import Plan

register_permission_policy(Plan, PLAN_POLICY, exact_class=True)


@hooks.register("register_admin_viewset")
def register_viewsets():
    return PlanViewSet()
