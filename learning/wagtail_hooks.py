from django.urls import include, path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.permissions import register_permission_policy

from learning import (  # noqa: F401 three register hooks
    guards,
    my_account_sheets,
    my_sheets,
    page_contexts,
)
from learning.admin_views import PLAN_POLICY, PlanCount, PlanViewSet
from learning.admin_views.policy import PROGRESS_POLICY
from learning.assessment import hooks as assessment_hooks  # noqa: F401 registers its own
from learning.certificate_admin import menu  # noqa: F401 registers itself
from learning.desk import menu as desk_menu  # noqa: F401 registers itself
from learning.domain.erasing import erase_learning
from learning.domain.ledger.hours import counted_appointments
from learning.domain.merging import count_finished, merge_learning
from learning.ledger_admin import hooks as ledger_hooks  # noqa: F401 registers its own
from learning.models import Plan

register_permission_policy(Plan, PLAN_POLICY, exact_class=True)


hooks.register("before_unpublish_page", guards.keep_required_page)
hooks.register("merge_members", merge_learning, order=100)
hooks.register("erase_member", erase_learning)
hooks.register("member_merge_figures", count_finished)

viewset = PlanViewSet()


@hooks.register("register_admin_viewset")
def register_viewset():
    return viewset


@hooks.register("register_admin_urls")
def register_plan_urls():
    modules = ("audience", "pausing", "progress")
    return [path("plans/", include(f"learning.admin_views.{name}")) for name in modules]


class ProgressMenuItem(MenuItem):
    def is_shown(self, request):
        return PROGRESS_POLICY.user_has_permission(request.user, "view")


@hooks.register("register_admin_menu_item")
def register_plan_menu():
    progress = ProgressMenuItem(
        _("任务进度"),
        reverse("plan_progress_list"),
        name="plan-progress",
        icon_name="tasks",
        order=20,
    )
    return SubmenuMenuItem(
        _("学习任务"),
        Menu(items=[viewset.get_menu_item(order=10), progress]),
        name="plans",
        icon_name=viewset.icon,
        order=viewset.menu_order,
    )


@hooks.register("construct_homepage_summary_items")
def add_plan_count(request, items):
    items.append(PlanCount(request, viewset))


@hooks.register("register_desk_member_links")
def link_statement(desk, member):
    """Her credit hours of the year, for who looks after the place where she is counted."""
    if not counted_appointments(desk.member).filter(member=member).exists():
        return None
    return _("本年学时"), reverse("ledger:statement_of", args=[localdate().year, member.pk])
