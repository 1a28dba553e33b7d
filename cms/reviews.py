"""Reads about the reviews: what waits for whom, and the names at a page's foot."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import QuerySet
from wagtail.models import TaskState

from cms.domain.reviews.people import open_to
from cms.domain.reviews.records import foot_key
from cms.models import Correction, RecordKind, ReviewRecord, ReviewStep, ReviewTaskState
from federations.editing import ANSWERING_ROLES, EDITING_ROLES, REVIEWING_ROLES, within_held

FOOT_SECONDS = 60
READING_ROLES = tuple({*EDITING_ROLES, *ANSWERING_ROLES})


def waiting_for(user) -> QuerySet[ReviewTaskState]:
    """What she may decide now, oldest first."""
    rows = ReviewTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, is_held=False)
    return rows.filter(open_to(user)).order_by("started_at", "pk")


def corrections_for(user) -> QuerySet[Correction]:
    """待补审: corrections of her federations whose reviews have not passed yet."""
    reach = within_held(user, "federation__path", roles=REVIEWING_ROLES)
    return Correction.objects.filter(reach, settled_at=None).order_by("made_at", "pk")


def records_for(user) -> QuerySet[ReviewRecord]:
    """What editors, reviewers and managers may read: their own federations'."""
    return ReviewRecord.objects.filter(within_held(user, "federation_path", roles=READING_ROLES))


@dataclass(frozen=True)
class Foot:
    """Who reviewed what is shown; `names` is empty when nobody did."""

    federation: str
    names: tuple[tuple[str, str], ...] = ()
    corrected_at: datetime | None = None


def foot_of(page) -> Foot:
    """Kept for a minute, and until the next decision; a read of two queries otherwise."""
    key = (page.live_revision_id, page.federation_id)
    kept = cache.get(foot_key(page.pk))
    if kept is None or kept[0] != key:
        kept = (key, _read_foot(page))
        cache.set(foot_key(page.pk), kept, FOOT_SECONDS)
    return kept[1]


def _read_foot(page) -> Foot:
    federation = page.federation.title if page.federation_id else ""
    if not page.live_revision_id:
        return Foot(federation)
    rows = ReviewRecord.objects.filter(
        page_id=page.pk,
        revision_id=page.live_revision_id,
        kind__in=[RecordKind.APPROVED, RecordKind.CORRECTED],
    )
    approved: dict[int, dict] = {}
    corrected_at = None
    for row in rows.order_by("pk"):
        if row.kind == RecordKind.CORRECTED:
            corrected_at = row.made_at
        else:
            approved.setdefault(row.round_id, {})[row.step] = row.person_name
    whole = [names for names in approved.values() if len(names) == len(ReviewStep)]
    names = whole[-1] if whole else {}
    return Foot(
        federation,
        tuple((ReviewStep(step).label, names[step]) for step in sorted(names)),
        corrected_at,
    )
