"""The desk on the admin's home page: each list with its count and its first five."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from cms.desk.base import DeskList, Row, desk_lists, read_rows
from cms.kinds import owner_names
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


def read_cards(lists: list[DeskList], user) -> list[Card]:
    found = [(each, each.pages(user)) for each in lists]
    first = {each.key: list(pages[:SHOWN]) for each, pages in found}
    owners = owner_names({page.pk for pages in first.values() for page in pages})
    return [
        Card(
            desk_list=each,
            rows=read_rows(each, first[each.key], owners),
            count=pages.count(),
            url=reverse("desk_list", args=[each.key]),
        )
        for each, pages in found
    ]


class DeskPanel(Component):
    name = "desk"
    order = 100
    template_name = "admin_desk/panel.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        shown = [each for each in desk_lists().values() if each.home is not None]
        shown.sort(key=lambda each: each.home)
        return {"cards": read_cards(shown, user)}


def place_panels(request, panels) -> None:
    """construct_homepage_panels"""
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED)]
    if is_editor(request.user):
        panels.append(DeskPanel())
