"""Old versions of pages: autosave makes many, and few of them are ever looked at again."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from wagtail import hooks
from wagtail.models import Revision

KEPT = timedelta(days=180)
BATCH = 500
# `keep_revisions` hooks return querysets of revision ids, for records that hold them as numbers.
KEEP_HOOK = "keep_revisions"


def purge_revisions(*, now: datetime) -> int:
    """Delete versions older than half a year that nothing refers to; returns how many.

    What is live, latest, scheduled, or was ever before a reviewer stays: those are referred to.
    """
    ids = list(_unneeded(now).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        # Asked again: one of them may have become needed since.
        _unneeded(now).filter(pk__in=ids[start : start + BATCH]).delete()
    return len(ids)


def _unneeded(now: datetime) -> QuerySet[Revision]:
    old = Revision.objects.page_revisions().filter(created_at__lt=now - KEPT)
    rows = old.filter(approved_go_live_at=None)
    for field in _references():
        referring = field.model._base_manager.filter(**{field.name: OuterRef("pk")})
        rows = rows.exclude(Exists(referring))
    for find in hooks.get_hooks(KEEP_HOOK):
        rows = rows.exclude(pk__in=find())
    return rows.order_by()


def _references() -> list:
    """Every foreign key to a revision. The log's own does not count: it names each of them, and
    outlives them."""
    relations = Revision._meta.get_fields(include_hidden=True)
    fields = [each.field for each in relations if each.one_to_many or each.one_to_one]
    return [field for field in fields if getattr(field, "db_constraint", False)]
