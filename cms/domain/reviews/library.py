"""Pictures, documents and recordings of a text that was reviewed.

Pages name them, so another file in the place of the old one would be public without anybody's
review. Whoever may correct the pages may exchange it, and it is on record as a correction.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import CharField, Exists, Model, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from cms.domain.forgetting import forget_pages
from cms.domain.reviews.errors import ReviewRefused
from cms.domain.reviews.people import may_correct
from cms.domain.reviews.records import write_record
from cms.models import RecordKind, ReviewTaskState
from cms.uses import pages_showing
from members.models import Member

# What readers see or hear of it; collection and tags only sort the library.
SHOWN = {"file", "title", "description", "captions", "thumbnail"}


def check_exchange(thing: Model, *, by: Member, changed: Collection[str]) -> None:
    """Raises ReviewRefused when a page that is public, or about to be, shows what would change."""
    if SHOWN.isdisjoint(changed):
        return
    for page in _reviewed_pages(thing):
        if not may_correct(by, page.federation):
            raise ReviewRefused(
                _(
                    "《%(title)s》正用着它，审过的内容不能直接换。"
                    "请另传一个，在页面里换上再提交审核；急用的请所属妇联的审核来改。"
                )
                % {"title": page.title}
            )


def record_exchange(thing: Model, *, by: Member, changed: Collection[str], now: datetime) -> None:
    if SHOWN.isdisjoint(changed):
        return
    # A picture keeps its number: nothing is published that would make pages anew.
    forget_pages()
    for page in _reviewed_pages(thing):
        write_record(
            page=page,
            kind=RecordKind.CORRECTED,
            by=by,
            revision_id=page.live_revision_id,
            reason=_("换了页面里用的%(kind)s“%(title)s”。")
            % {"kind": thing._meta.verbose_name, "title": thing},
            now=now,
        )


def _reviewed_pages(thing: Model) -> list[Page]:
    waiting = ReviewTaskState.objects.filter(
        page=OuterRef("pk"), status=TaskState.STATUS_IN_PROGRESS
    )
    scheduled = Revision.page_revisions.filter(
        object_id=Cast(OuterRef("pk"), CharField()), approved_go_live_at__isnull=False
    )
    held = Q(live=True) | Exists(waiting) | Exists(scheduled)
    return list(pages_showing(thing).filter(held).specific())
