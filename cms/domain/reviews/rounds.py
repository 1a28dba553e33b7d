"""A round: 初审 → 复审 → 终审 of one text. Another text begins another round."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.signals import task_submitted

from cms.domain.reviews.errors import CHANGED_MEANWHILE, ReviewRefused
from cms.domain.reviews.people import reviewed_until
from cms.domain.reviews.records import write_record
from cms.domain.reviews.words import as_rows, find_words
from cms.models import RecordKind, ReviewStep, ReviewTask, ReviewTaskState
from members.models import Member

Text = tuple[int | None, datetime | None]


def lock_page(page_id: int) -> Page:
    """Whoever decides, and whoever saves a revision, passes this row one after the other.

    Autosave writes the revision before the page, so the revision is locked first here too.
    """
    latest = Page.objects.filter(pk=page_id).values("latest_revision")
    list(Revision.objects.select_for_update().filter(pk__in=latest).values_list("pk"))
    return Page.objects.select_for_update().get(pk=page_id)


def text_of(page: Page) -> Text:
    revision = page.latest_revision
    return (revision.pk, revision.created_at) if revision else (None, None)


def current_state(page: Page) -> ReviewTaskState | None:
    """The step that the page waits at."""
    waiting = ReviewTaskState.objects.filter(
        page=page,
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return waiting.select_related("workflow_state", "page", "revision").first()


def open_step(round_: WorkflowState, *, user: Member | None) -> ReviewTaskState:
    """Open the step that is due, whichever Wagtail asks for; what it calls `Task.start`.

    After a refusal Wagtail would go on where it stopped; here the first reviewer reads again.
    """
    page = Page.objects.get(pk=round_.object_id)
    revision = page.latest_revision
    step = _due_step(round_, text_of(page))
    state = ReviewTaskState(
        workflow_state=round_,
        task=ReviewTask.objects.get(step=step, workflow_tasks__workflow=round_.workflow_id),
        revision=revision,
        page=page,
        federation=page.specific.federation,
        step=step,
        text_saved_at=revision.created_at,
        since_revision=reviewed_until(page),
    )
    if step == ReviewStep.FIRST:
        state.is_held = bool(find_words(revision.as_object()))
    state.save()
    if step == ReviewStep.FIRST and not state.is_held:
        _record_submission(state, user, [])
    task_submitted.send(sender=ReviewTaskState, instance=state, user=user)
    return state


def _due_step(round_: WorkflowState, text: Text) -> ReviewStep:
    last = ReviewTaskState.objects.filter(workflow_state=round_).order_by("-pk").first()
    if last and last.status == TaskState.STATUS_APPROVED and last.text == text:
        return ReviewStep(last.step + 1)
    return ReviewStep.FIRST


def _record_submission(state: ReviewTaskState, by: Member | None, words: list[dict]) -> None:
    write_record(
        page=state.page.specific,
        kind=RecordKind.SUBMITTED,
        by=by,
        revision_id=state.revision_id,
        round_id=state.workflow_state_id,
        words=words,
        now=timezone.now(),
    )


@transaction.atomic
def restart_if_changed(*, page_id: int, by: Member | None, now: datetime) -> bool:
    """Begin the round anew when the text is another one than the reviewers have; whether it was.

    While the editor still has to look at words, an edit takes the page back: she submits again.
    """
    page = lock_page(page_id)
    state = current_state(page)
    if state is None or state.text == text_of(page):
        return False
    by = by or page.latest_revision.user
    round_ = state.workflow_state
    if state.is_held:
        round_.cancel(user=by)
    elif state.step == ReviewStep.FIRST:
        _move_on(state, page, by)
    else:
        write_record(
            page=page.specific,
            kind=RecordKind.RESTARTED,
            by=by,
            revision_id=page.latest_revision_id,
            round_id=round_.pk,
            step=state.step,
            now=now,
        )
        round_.cancel(user=by)
        round_.workflow.start(page.specific, by)
    return True


def _move_on(state: ReviewTaskState, page: Page, by: Member | None) -> None:
    """Nobody has decided yet: autosave, which saves every few seconds, need not begin a round."""
    state.revision = page.latest_revision
    state.text_saved_at = page.latest_revision.created_at
    state.is_held = bool(find_words(page.latest_revision.as_object()))
    state.save()
    state.workflow_state.requested_by = by
    state.workflow_state.save()


@transaction.atomic
def send_off(*, page_id: int, by: Member, reasons: dict[str, str], seen: Text) -> None:
    """The editor has looked at the words; the round begins. Raises ReviewRefused."""
    page = lock_page(page_id)
    state = current_state(page)
    if state is None or not state.is_held or state.text != text_of(page) or state.text != seen:
        raise ReviewRefused(CHANGED_MEANWHILE)
    words = find_words(page.latest_revision.as_object())
    for word in words:
        word.reason = reasons.get(word.word, "").strip()
        if word.needs_reason and not word.reason:
            raise ReviewRefused(_("请写明为什么要保留“%(word)s”。") % {"word": word.word})
    state.is_held = False
    state.save(update_fields=["is_held"])
    _record_submission(state, by, as_rows(words))


@transaction.atomic
def take_back(*, page_id: int, by: Member) -> None:
    """The editor goes back to writing instead of confirming the words."""
    state = current_state(lock_page(page_id))
    if state and state.is_held:
        state.workflow_state.cancel(user=by)
