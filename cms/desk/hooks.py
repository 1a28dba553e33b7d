"""The editor's desk in Wagtail's admin: the home page, addresses, menu."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from cms.desk.base import HOOK, desk_lists
from cms.desk.broken import broken_lists
from cms.desk.coming import coming_lists
from cms.desk.health import health_lists
from cms.desk.mine import my_lists
from cms.desk.panels import place_panels
from federations.editing import is_editor

for find_lists in (my_lists, coming_lists, broken_lists, health_lists):
    hooks.register(HOOK, find_lists)
hooks.register("construct_homepage_panels", place_panels)


@hooks.register("register_admin_urls")
def register_desk_urls():
    return [path("desk/", include("cms.desk.views"))]


class DeskMenuItem(MenuItem):
    def is_shown(self, request):
        return is_editor(request.user)


@hooks.register("register_admin_menu_item")
def register_desk_menu():
    listed = [each for each in desk_lists().values() if each.in_menu]
    items = [
        DeskMenuItem(
            each.title,
            reverse("desk_list", args=[each.key]),
            name=each.key,
            icon_name=each.icon,
            order=place,
        )
        for place, each in enumerate(listed)
    ]
    return SubmenuMenuItem(
        _("内容检查"), Menu(items=items), name="desk", icon_name="clipboard-list", order=160
    )
