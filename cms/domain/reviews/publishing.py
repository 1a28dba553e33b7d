"""The ways in which a page becomes public, or stops being so. There is no other."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, WorkflowState

from cms.domain.forgetting import forget_pages
from cms.domain.reviews.deciding import NOTICE_LENGTH
from cms.domain.reviews.errors import CHANGED_MEANWHILE, ReviewRefused
from cms.domain.reviews.people import (
    may_correct,
    may_take_down,
    reviewed_until,
    superior_reviewers,
)
from cms.domain.reviews.records import write_record
from cms.domain.reviews.rounds import Text, lock_page, text_of
from cms.models import Correction, RecordKind, ReviewRecord, ReviewStep
from members.domain.notices import tell
from members.models import Member


@transaction.atomic
def publish_round(round_: WorkflowState, *, by: Member | None) -> None:
    """Publish, or schedule, the revision that three people have approved in this round.

    It believes the record alone, so that a round which Wagtail's own code led to its end publishes
    nothing.
    """
    page = lock_page(int(round_.object_id))
    revision = round_.current_task_state.revision
    approvals = ReviewRecord.objects.filter(
        page_id=page.pk, round_id=round_.pk, revision_id=revision.pk, kind=RecordKind.APPROVED
    )
    # A round that was refused in between has earlier approvals too: the last of each step counts.
    people = dict(approvals.order_by("pk").values_list("step", "person_id"))
    if set(people) != set(ReviewStep) or len(set(people.values())) < len(ReviewStep):
        raise PermissionDenied(_("没有经过三个人的三审，不能发布。"))
    if page.live_revision_id == revision.pk and not page.has_unpublished_changes:
        # A correction: it is live already, its reviews came after it.
        _settle(page.pk, timezone.now())
        # Nothing is published, but the foot has other names now.
        forget_pages()
    else:
        revision.publish(user=by, skip_permission_checks=True)


def settle_corrections(*, page_id: int, revision_id: int, now: datetime) -> None:
    """A text went live, at once or by schedule: when it has passed, nothing is left to make up."""
    passed = ReviewRecord.objects.filter(
        page_id=page_id,
        revision_id=revision_id,
        kind=RecordKind.APPROVED,
        step=ReviewStep.FINAL,
    )
    if passed.exists():
        _settle(page_id, now)


def drop_corrections(*, page_id: int, now: datetime) -> None:
    """Taken down or ended by the clock: what nobody reads any more need not be made up for."""
    _settle(page_id, now)


@transaction.atomic
def publish_correction(
    *, page_id: int, by: Member, reason: str, seen: Text, now: datetime
) -> Correction:
    """Publish the draft of a live page at once; the three reviews follow. Raises ReviewRefused."""
    page = lock_page(page_id)
    specific = page.specific
    if not may_correct(by, specific.federation):
        raise ReviewRefused(_("紧急更正要由所属妇联或上级妇联的审核来做。"))
    _refuse_unfit(page, reason, seen)
    if not page.live:
        raise ReviewRefused(_("这一页不在线上，没有要更正的；请提交审核。"))
    if not page.has_unpublished_changes:
        raise ReviewRefused(_("草稿和线上的一样，没有要更正的。"))
    since, revision = reviewed_until(page), page.latest_revision
    if revision.as_object().go_live_at and revision.as_object().go_live_at > now:
        raise ReviewRefused(_("这一稿定了上线时间；紧急更正是马上发布，请先去掉上线时间。"))
    revision.publish(user=by, skip_permission_checks=True)
    _end_round(page, by)
    correction = Correction.objects.create(
        page=page,
        federation=specific.federation,
        revision_id=revision.pk,
        since_revision=since,
        by=by,
        reason=reason.strip(),
        made_at=now,
    )
    _write(page, RecordKind.CORRECTED, by, reason, now)
    fresh = Page.objects.get(pk=page.pk).specific
    fresh.get_workflow().start(fresh, by)
    _tell_superiors(fresh, by, reason.strip(), now)
    return correction


@transaction.atomic
def publish_directly(*, page_id: int, by: Member, reason: str, seen: Text, now: datetime) -> None:
    """A superuser publishes without the reviews, and it is on record. Raises ReviewRefused."""
    page = lock_page(page_id)
    if not (by.is_superuser and by.is_active):
        raise ReviewRefused(_("只有超级管理员能不经三审直接发布。"))
    _refuse_unfit(page, reason, seen)
    page.latest_revision.publish(user=by, skip_permission_checks=True)
    _end_round(page, by)
    _write(page, RecordKind.DIRECT, by, reason, now)


@transaction.atomic
def publish_imported(*, page: Page, reason: str, now: datetime) -> None:
    """The draft of a specific page goes live by a command of the server's, and it is on record."""
    page.latest_revision.publish(skip_permission_checks=True)
    _end_round(page, None)
    _write(page, RecordKind.DIRECT, None, reason, now)


@transaction.atomic
def take_down(
    *, page_id: int, by: Member, reason: str, with_pages_below: bool, now: datetime
) -> int:
    """Unpublish a page, and those below it that are hers to take down; how many."""
    if not reason.strip():
        raise ReviewRefused(_("请写明为什么撤下。"))
    page = lock_page(page_id)
    pages = [page.specific]
    if with_pages_below:
        pages += page.get_descendants().live().specific()
    taken = [each for each in pages if each.live and may_take_down(by, each.federation)]
    for each in taken:
        revision_id = each.live_revision_id
        UnpublishPageAction(each, user=by).execute(skip_permission_checks=True)
        write_record(
            page=each,
            kind=RecordKind.TAKEN_DOWN,
            by=by,
            revision_id=revision_id,
            reason=reason,
            now=now,
        )
    return len(taken)


def _refuse_unfit(page: Page, reason: str, seen: Text) -> None:
    if page.latest_revision is None or text_of(page) != seen:
        raise ReviewRefused(CHANGED_MEANWHILE)
    if not reason.strip():
        raise ReviewRefused(_("请写明理由。"))


def _end_round(page: Page, by: Member | None) -> None:
    """What was under review is public now; it is reviewed anew, or not at all."""
    if round_ := page.current_workflow_state:
        round_.cancel(user=by)


def _settle(page_id: int, now: datetime) -> None:
    Correction.objects.filter(page_id=page_id, settled_at=None).update(settled_at=now)


def _write(page: Page, kind: RecordKind, by: Member | None, reason: str, now: datetime) -> None:
    write_record(
        page=page.specific,
        kind=kind,
        by=by,
        revision_id=page.latest_revision_id,
        reason=reason,
        now=now,
    )


def _tell_superiors(page: Page, by: Member, reason: str, now: datetime) -> None:
    said = _("《%(title)s》做了紧急更正，等待补审：%(reason)s")
    text = said % {"title": page.title, "reason": reason}
    superiors = superior_reviewers(page.federation, on=timezone.localdate(now), other_than=by)
    tell(
        member_ids=sorted(superiors.values_list("pk", flat=True)),
        text=Truncator(text).chars(NOTICE_LENGTH),
        url=reverse("review_corrections"),
        now=now,
    )
