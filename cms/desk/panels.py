"""The desk on the admin's home page: each list with its count and its first five."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from cms.desk.base import DeskList, Row, desk_lists, read_rows
from federations.editing import is_editor

SHOWN = 5
# Wagtail's own panels that say the same.
REPLACED = (
    home.WorkflowObjectsToModeratePanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.RecentEditsPanel,
)


@dataclass(frozen=True)
class Card:
    desk_list: DeskList
    rows: list[Row]
    count: int
    url: str


def read_card(desk_list: DeskList, user) -> Card:
    pages = desk_list.pages(user)
    return Card(
        desk_list=desk_list,
        rows=read_rows(desk_list, pages[:SHOWN]),
        count=pages.count(),
        url=reverse("desk_list", args=[desk_list.key]),
    )


class DeskPanel(Component):
    name = "desk"
    order = 100
    template_name = "admin_desk/panel.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        shown = [each for each in desk_lists().values() if each.home is not None]
        shown.sort(key=lambda each: each.home)
        return {"cards": [read_card(each, user) for each in shown]}


def place_panels(request, panels) -> None:
    """construct_homepage_panels"""
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED)]
    if is_editor(request.user):
        panels.append(DeskPanel())
