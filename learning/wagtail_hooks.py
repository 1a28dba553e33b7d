from wagtail import hooks
from wagtail.permissions import register_permission_policy

from learning import page_contexts  # noqa: F401 it registers hooks
from learning.admin_views import PLAN_POLICY, PlanCount, PlanViewSet
from learning.models import Plan

register_permission_policy(Plan, PLAN_POLICY, exact_class=True)


viewset = PlanViewSet()


@hooks.register("register_admin_viewset")
def register_viewset():
    return viewset


@hooks.register("register_admin_menu_item")
def register_plan_menu_item():
    return viewset.get_menu_item()


@hooks.register("construct_homepage_summary_items")
def add_plan_count(request, items):
    items.append(PlanCount(request, viewset))
