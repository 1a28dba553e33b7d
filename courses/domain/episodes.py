"""The calendar of an audio column: which episode goes live on which day.

A day is a `go_live_at` on the draft; publishing stays Wagtail's and the reviews'. So an episode
that has not passed its reviews by its day does not go live.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from hashlib import sha256

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate, make_aware
from wagtail.models import Page, Revision, WorkflowState

from courses.days import plan_days
from courses.models import AudioColumnPage, LessonPage


class CalendarChanged(Exception):
    """Between looking and applying somebody changed the episodes."""


class State(StrEnum):
    LIVE = "live"
    # Passed, and waiting for its hour.
    APPROVED = "approved"
    REVIEWING = "reviewing"
    DRAFT = "draft"


@dataclass(frozen=True)
class Episode:
    """`at`: when it went live, or when it is asked to."""

    page: LessonPage
    state: State
    at: datetime | None

    def is_late(self, now: datetime) -> bool:
        """Its hour has come and it is not live: it follows as soon as it passes the reviews."""
        is_waiting = self.state in (State.DRAFT, State.REVIEWING)
        return is_waiting and self.at is not None and self.at <= now


@dataclass(frozen=True)
class Wish:
    """What the editor chooses; `weekdays` from Monday, 0, on."""

    first: date
    hour: int
    weekdays: frozenset[int]


def read_episodes(column: AudioColumnPage) -> list[Episode]:
    """In the order in which they are played, in one query."""
    own = {"object_id": Cast(OuterRef("pk"), CharField())}
    waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False, **own)
    reviewing = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=ContentType.objects.get_for_model(Page),
        **own,
    )
    pages = LessonPage.objects.child_of(column).select_related("latest_revision", "federation")
    pages = pages.annotate(
        approved_at=Subquery(waiting.values("approved_go_live_at")[:1]),
        is_reviewing=Exists(reviewing),
    )
    return [_read(page) for page in pages.order_by("path")]


def _read(page: LessonPage) -> Episode:
    if page.live:
        return Episode(page, State.LIVE, page.first_published_at)
    if page.approved_at:
        return Episode(page, State.APPROVED, page.approved_at)
    state = State.REVIEWING if page.is_reviewing else State.DRAFT
    return Episode(page, state, _asked_for(page))


def _asked_for(page: LessonPage) -> datetime | None:
    draft = page.latest_revision
    asked = draft.content.get("go_live_at") if draft else None
    return parse_datetime(asked) if asked else page.go_live_at


def plan_moments(
    episodes: Iterable[Episode], wish: Wish, editable: Collection[int], now: datetime
) -> dict[int, datetime]:
    """A moment for each draft that may be given one, by page id.

    What is live, has passed or is under review keeps its day, and no other is put there: a review
    is of the draft as it is, its day included.
    """
    episodes = list(episodes)
    drafts = [each for each in episodes if each.state == State.DRAFT and each.page.pk in editable]
    moved = {each.page.pk for each in drafts}
    taken = {localdate(each.at) for each in episodes if each.at and each.page.pk not in moved}
    first = wish.first
    if _moment(first, wish.hour) <= now:
        # Today's hour is over.
        taken |= {first}
    days = plan_days(first=first, weekdays=wish.weekdays, count=len(drafts), taken=taken)
    return {each.page.pk: _moment(day, wish.hour) for each, day in zip(drafts, days, strict=True)}


def _moment(day: date, hour: int) -> datetime:
    return make_aware(datetime.combine(day, time(hour)))


def fingerprint(episodes: Iterable[Episode], moments: dict[int, datetime]) -> str:
    """Of what the editor saw: another one when an episode came, went, moved or was edited."""
    facts = [
        (
            each.page.pk,
            each.state.value,
            each.at,
            each.page.latest_revision_id,
            moments.get(each.page.pk),
        )
        for each in episodes
    ]
    return sha256(repr(facts).encode()).hexdigest()[:16]


@transaction.atomic
def apply_calendar(
    *,
    column: AudioColumnPage,
    wish: Wish,
    editable: Collection[int],
    seen: str,
    user,
    now: datetime,
) -> int:
    """Give the drafts their days; returns how many were changed. Raises CalendarChanged."""
    # Two editors who press at once follow one another.
    Page.objects.select_for_update().get(pk=column.pk)
    episodes = read_episodes(column)
    moments = plan_moments(episodes, wish, editable, now)
    if fingerprint(episodes, moments) != seen:
        raise CalendarChanged
    changed = [each for each in episodes if each.at != moments.get(each.page.pk, each.at)]
    for each in changed:
        draft = each.page.get_latest_revision_as_object()
        draft.go_live_at = moments[each.page.pk]
        draft.save_revision(user=user, log_action="wagtail.edit")
    return len(changed)
