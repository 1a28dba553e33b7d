"""The desk's pages about learning, for its menu."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from federations.desk.access import MANAGERS
from federations.desk.menu import HOOK, DeskPage


@hooks.register(HOOK)
def register_pages() -> list[DeskPage]:
    return [
        DeskPage(_("总览"), "home", "desk_overview", "desk_overview", order=10),
        DeskPage(_("名单"), "users", "desk_people", "desk_people", order=20),
        DeskPage(_("提醒"), "megaphone", "desk_reminders", "desk_reminders", 30, roles=MANAGERS),
    ]
