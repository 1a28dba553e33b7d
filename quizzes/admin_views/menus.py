"""The menus 题库 and 测验: each item is shown to those who may see what is behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from wagtail.admin.menu import MenuItem

from federations.editing import is_editor


@dataclass(frozen=True)
class MenuLink:
    """A page of the admin that is no viewset; it stands in a menu as a viewset does."""

    label: str | Promise
    url_name: str
    icon: str
    order: int
    may_see: Callable = is_editor

    def get_menu_item(self) -> MenuItem:
        return GuardedMenuItem(
            self.label,
            reverse(self.url_name),
            name=self.url_name.replace(":", "-"),
            icon_name=self.icon,
            order=self.order,
            may_see=self.may_see,
        )


class GuardedMenuItem(MenuItem):
    def __init__(self, *args, may_see: Callable, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_see = may_see

    def is_shown(self, request):
        return self.may_see(request.user)
