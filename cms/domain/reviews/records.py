"""Writing the record (审校记录): one row for each decision, with the names as of then."""

from datetime import datetime
from functools import partial

from django.core.cache import cache
from django.db import transaction
from wagtail.models import Page

from cms.models import RecordKind, ReviewRecord
from members.models import Member


def foot_key(page_id: int) -> str:
    return f"review-foot-{page_id}"


def write_record(
    *,
    page: Page,
    kind: RecordKind,
    by: Member | None,
    now: datetime,
    revision_id: int | None = None,
    round_id: int | None = None,
    step: int | None = None,
    reason: str = "",
    words: list | None = None,
) -> ReviewRecord:
    """`page` is the specific one. Call it in the transaction of the decision itself."""
    federation = page.federation
    record = ReviewRecord.objects.create(
        page_id=page.pk,
        page_title=page.draft_title or page.title,
        revision_id=revision_id,
        round_id=round_id,
        federation_path=federation.path if federation else "",
        federation_name=federation.title if federation else "",
        step=step,
        kind=kind,
        person_id=by.pk if by else None,
        person_name=by.name if by else "",
        reason=reason.strip(),
        words=words or [],
        made_at=now,
    )
    cache.delete(foot_key(page.pk))
    # Again when others can read the row: one of them may have kept the foot of before.
    transaction.on_commit(partial(cache.delete, foot_key(page.pk)))
    return record
