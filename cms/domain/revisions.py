"""Old versions of pages: autosave makes many, and few of them are ever looked at again."""

from datetime import datetime, timedelta

from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, WorkflowState, get_default_page_content_type

from cms.domain.reviews.people import PASSED
from cms.models import Correction, ReviewRecord

KEPT = timedelta(days=180)
BATCH = 500


def purge_revisions(*, now: datetime) -> int:
    """Delete versions older than half a year that nothing refers to; returns how many.

    What is live, latest, scheduled, or was ever before a reviewer stays: those are referred to. Of
    a text that has not passed yet the last version of each writer stays: she must not review it.
    """
    ids = list(_unneeded(now).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        # Asked again: one of them may have become needed since.
        _unneeded(now).filter(pk__in=ids[start : start + BATCH]).delete()
    return len(ids)


def _unneeded(now: datetime) -> QuerySet[Revision]:
    old = Revision.page_revisions.filter(created_at__lt=now - KEPT)
    rows = old.filter(approved_go_live_at=None)
    for field in _references():
        referring = field.model._base_manager.filter(**{field.name: OuterRef("pk")})
        rows = rows.exclude(Exists(referring))
    # Records hold plain numbers: they outlive what they are about.
    rows = rows.exclude(Exists(ReviewRecord.objects.filter(revision_id=OuterRef("pk"))))
    rows = rows.filter(_tells_no_author())
    return rows.exclude(object_id__in=_pages_in_review()).order_by()


def _tells_no_author() -> Q:
    """Its text has passed, or nobody is known to have written it, or she has a later version."""
    page_id = Cast(OuterRef("object_id"), BigIntegerField())
    later = Revision.page_revisions.filter(
        object_id=OuterRef("object_id"), user=OuterRef("user"), pk__gt=OuterRef("pk")
    )
    live = Page.objects.filter(pk=page_id, live_revision__gte=OuterRef("pk"))
    passed = ReviewRecord.objects.filter(PASSED, page_id=page_id, revision_id__gte=OuterRef("pk"))
    return Q(user=None) | Exists(later) | Exists(live) | Exists(passed)


def _pages_in_review() -> QuerySet:
    """While a round is open, every version tells who wrote the text and so cannot review it."""
    rounds = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type()
    )
    corrected = Correction.objects.filter(settled_at=None).order_by()
    ids = corrected.annotate(object_id=Cast("page_id", CharField())).values("object_id")
    return rounds.order_by().values("object_id").union(ids)


def _references() -> list:
    """Every foreign key to a revision. The log's own does not count: it names each of them, and
    outlives them."""
    relations = Revision._meta.get_fields(include_hidden=True)
    fields = [each.field for each in relations if each.one_to_many or each.one_to_one]
    return [field for field in fields if getattr(field, "db_constraint", False)]
