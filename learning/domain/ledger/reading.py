"""Progress as the events that the rules of the ledger know."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import QuerySet

from learning.domain.page_types import COURSE, LESSON, type_id
from learning.rules.points import Act, Event

COLUMNS = (
    "member_id",
    "page_id",
    "page__content_type_id",
    "completed_at",
    "handed_in_at",
    "passed_at",
    "seconds",
)


def read_events(progress: QuerySet) -> dict[int, list[Event]]:
    """By member id, what the rows of Progress tell; one query."""
    acts = {type_id(LESSON): Act.LESSON, type_id(COURSE): Act.COURSE}
    events = defaultdict(list)
    for member_id, *row in progress.values_list(*COLUMNS):
        events[member_id].extend(_events_of(row, acts))
    return events


def _events_of(row: list, acts: dict[int, Act]) -> Iterator[Event]:
    page_id, page_type, completed_at, handed_in_at, passed_at, seconds = row
    if handed_in_at:
        yield Event(Act.HAND_IN, page_id, handed_in_at)
        if passed_at:
            yield Event(Act.PASS, page_id, passed_at)
    elif completed_at and page_type in acts:
        yield Event(acts[page_type], page_id, completed_at, seconds or 0)
