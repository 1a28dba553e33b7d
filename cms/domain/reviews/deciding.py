"""One decision of the three: by whoever may, about the text that she saw, once."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from cms.domain.reviews.errors import CHANGED_MEANWHILE, ReviewRefused
from cms.domain.reviews.people import authors_of, editors_among, find_obstacle
from cms.domain.reviews.records import write_record
from cms.domain.reviews.rounds import Text, lock_page, restart_if_changed, text_of
from cms.models import RecordKind, ReviewTaskState
from members.domain.notices import tell
from members.models import Member

NOTICE_LENGTH = 200


def decide(
    *, state_id: int, by: Member, is_approved: bool, reason: str, seen: Text, now: datetime
) -> ReviewTaskState:
    """Approve the step, the last one publishes, or send the page back to its author.

    `seen` is the text that the reviewer had before her. Raises ReviewRefused; of two who decide at
    once the second is told.
    """
    if not is_approved and not reason.strip():
        raise ReviewRefused(_("请写明要改什么，作者才好改。"))
    page_id = ReviewTaskState.objects.values_list("page_id", flat=True).get(pk=state_id)
    # A text that was saved without the page editor begins its new round here.
    if restart_if_changed(page_id=page_id, by=None, now=now):
        raise ReviewRefused(CHANGED_MEANWHILE)
    with transaction.atomic():
        state = _take(state_id, lock_page(page_id), by, seen)
        _record(state, by, is_approved, reason, now)
        if is_approved:
            state.approve(user=by, comment=reason.strip())
        else:
            state.reject(user=by, comment=reason.strip())
            _tell_authors(state, by, reason.strip(), now)
    return state


def _take(state_id: int, page: Page, by: Member, seen: Text) -> ReviewTaskState:
    """The step, if it still waits with the text that she saw, and she may decide it."""
    rows = ReviewTaskState.objects.select_related("workflow_state", "page", "revision")
    state = rows.get(pk=state_id)
    is_open = state.status == TaskState.STATUS_IN_PROGRESS and not state.is_held
    if not is_open or state.text != seen or state.text != text_of(page):
        raise ReviewRefused(CHANGED_MEANWHILE)
    if obstacle := find_obstacle(state, by):
        raise ReviewRefused(obstacle)
    return state


def _record(state: ReviewTaskState, by: Member, is_approved: bool, reason: str, now) -> None:
    write_record(
        page=state.page.specific,
        kind=RecordKind.APPROVED if is_approved else RecordKind.RETURNED,
        by=by,
        revision_id=state.revision_id,
        round_id=state.workflow_state_id,
        step=state.step,
        reason=reason,
        now=now,
    )


def _tell_authors(state: ReviewTaskState, by: Member, reason: str, now: datetime) -> None:
    said = _("《%(title)s》%(step)s退回修改：%(reason)s")
    title = state.page.get_admin_display_title()
    facts = {"title": title, "step": state.step_label, "reason": reason}
    authors = authors_of(state.workflow_state) - {by.pk}
    federation = state.page.specific.federation
    told = editors_among(authors, federation, on=timezone.localdate(now))
    tell(
        member_ids=sorted(told.values_list("pk", flat=True)),
        text=Truncator(said % facts).chars(NOTICE_LENGTH),
        url=reverse("wagtailadmin_pages:edit", args=[state.page_id]),
        now=now,
    )
