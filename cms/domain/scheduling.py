"""Going live and ending by the clock: what the editor set, and the reviews have let through."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from wagtail.models import Page, Revision

log = structlog.get_logger(__name__)


def publish_due(*, now: datetime) -> tuple[int, int]:
    """Publish approved revisions whose time has come and end what has expired; how many of each.

    Times that passed while nothing was running are caught up. One page that fails is logged and
    tried again, and holds up no other. Publishing comes first: what a new version keeps going does
    not end, and one that was over before anybody saw it is live for no minute.
    """
    revisions = Revision.objects.filter(approved_go_live_at__lte=now)
    published = _each(revisions.order_by("approved_go_live_at", "pk"), _publish)
    expired = Page.objects.live().filter(expire_at__lte=now).order_by("expire_at")
    return published, _each(expired.specific(), _expire)


def _each(rows: Iterable[Any], act: Callable[[Any], None]) -> int:
    count = 0
    for row in list(rows):
        try:
            with transaction.atomic():
                act(row)
        except Exception:
            log.exception("scheduled_change_failed", model=row._meta.label_lower, id=row.pk)
        else:
            count += 1
    return count


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")


def _expire(page: Page) -> None:
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
