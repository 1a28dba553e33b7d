"""What one page of 名单 is about: the plan, the place, the figure, and whom it lists."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.utils import timezone

from federations.desk.access import Desk
from learning.desk.plans import read_choice
from learning.models import Plan
from learning.people import FIGURES, Figure, PeoplePage, Person, Spot, list_people, read_page
from learning.people.figures import counted_in
from learning.people.listing import rows_at
from members.converters import read_number

PER_PAGE = 30
# Judging more at once takes longer than a page may; the units below are listed instead.
MOST_PEOPLE = 10_000
MOST_NAME = 20


@dataclass(frozen=True)
class Listing:
    """What one page shows. `desk` is where she stands, `spot` what the figure is about, `plans`
    what else it can be about."""

    desk: Desk
    spot: Spot
    plans: list[Plan]
    figure: Figure
    name: str
    asked_page: str
    now: datetime

    @property
    def is_too_large(self) -> bool:
        return self.spot.view == "subtree" and self.spot.standing.subtree_due > MOST_PEOPLE

    @cached_property
    def rows(self):
        return rows_at(self.spot, self.now)

    @cached_property
    def counts(self) -> dict[Figure, int | None]:
        spot = self.spot
        if self.is_too_large:
            return {each: counted_in(spot.standing, spot.view, each) for each in FIGURES}
        return self.first_read.counts

    @cached_property
    def first_read(self) -> PeoplePage:
        """The counts, and the people of the page that is asked for, if there is such a page."""
        return self._read(read_page, self.asked_number)

    @cached_property
    def page(self) -> Page:
        """The rows are read by their place; the paginator only counts."""
        return Paginator(range(self.counts[self.figure]), PER_PAGE).get_page(self.asked_page)

    @cached_property
    def people(self) -> list[Person]:
        """Those of the page; where another was asked for, they are read anew."""
        if self.page.number == self.asked_number:
            return self.first_read.people
        return self._read(list_people, self.page.number)

    @property
    def asked_number(self) -> int:
        return min(read_number(self.asked_page) or 1, MOST_PEOPLE)

    def _read(self, read, number: int):
        window = {"limit": PER_PAGE, "offset": (number - 1) * PER_PAGE}
        wanted = {"figure": self.figure, "name": self.name}
        return read(self.spot.plan, self.rows, self.now, **wanted, **window)

    def address(self, **changed) -> str:
        query = {"plan": self.spot.plan.pk, "view": self.spot.view, "figure": self.figure.value}
        # The counts on the links are of those whose name is looked for.
        query |= {"q": self.name} if self.name else {}
        place = changed.pop("place", self.desk.place)
        return self.desk.address("desk_people", place=place, **query | changed)


def read_listing(request) -> Listing | None:
    choice = read_choice(request.desk, request.GET)
    return choice and Listing(
        desk=request.desk,
        spot=choice.spot,
        plans=choice.plans,
        figure=read_figure(request.GET.get("figure", "")),
        name=request.GET.get("q", "").replace("\0", "").strip()[:MOST_NAME],
        asked_page=request.GET.get("p", ""),
        now=timezone.now(),
    )


def read_figure(text: str) -> Figure:
    return Figure(text) if text in FIGURES else Figure.DUE
