"""The menu 积分与学时."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.permissions import register_permission_policy

from learning.ledger_admin.policy import POINT_RULE_POLICY, sees_hours
from learning.ledger_admin.rules import PointRuleViewSet
from learning.models import PointRule

# Before any view asks: a model's first question would otherwise fix the fallback policy.
register_permission_policy(PointRule, POINT_RULE_POLICY, exact_class=True)

rules = PointRuleViewSet()


class HoursMenuItem(MenuItem):
    def is_shown(self, request):
        return sees_hours(request.user)


@hooks.register("register_admin_viewset")
def register_rules():
    return rules


@hooks.register("register_admin_urls")
def register_ledger_urls():
    return [path("ledger/", include("learning.ledger_admin.pages"))]


@hooks.register("register_admin_menu_item")
def register_ledger_menu():
    hours = HoursMenuItem(
        _("学时统计"), reverse("hours_list"), name="hours", icon_name="time", order=200
    )
    return SubmenuMenuItem(
        _("积分与学时"),
        Menu(items=[rules.get_menu_item(order=100), hours]),
        name="ledger",
        icon_name="list-ol",
        order=310,
    )
