"""Changing a plan: each under its lock, with a line in its record; a frozen plan stays as it is."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from learning.domain.plan_events import compare, describe, note_event
from learning.domain.standings import schedule_rebuild
from learning.domain.standings.rebuild import lock_plan
from learning.models import Plan, PlanEventKind
from members.models import Member

Write = Callable[[], Plan]


class PlanFrozen(Exception):
    """The plan closed, and is a record now."""


class PlanChanged(Exception):
    """Somebody else changed the plan since it was shown."""


@transaction.atomic
def create_plan(*, write: Write, by: Member, now: datetime, copied_from: str = "") -> Plan:
    """`write` saves a new plan with its items. `copied_from` names the plan that it came from."""
    plan = write()
    kind = PlanEventKind.COPIED if copied_from else PlanEventKind.CREATED
    changes = compare({}, describe(plan))
    note_event(plan=plan, kind=kind, by=by, now=now, changes=changes, reason=copied_from)
    schedule_rebuild(plan_id=plan.pk)
    return plan


@transaction.atomic
def edit_plan(
    *, plan: Plan, version: int, write: Write, by: Member, now: datetime, reason: str = ""
) -> Plan:
    """`write` saves `plan`, which carries the new values, with its items.

    `version` is that of the plan that the person was shown. Raises PlanFrozen or PlanChanged, with
    nothing written.
    """
    stored = _lock_open(plan.pk)
    if stored.version != version:
        raise PlanChanged
    before = describe(stored)
    # The row was read before the lock; what the clock may have written since then is kept.
    plan.reminded_for, plan.version = stored.reminded_for, stored.version + 1
    saved = write()
    kind = _kind_of_edit(stored.cutoff_at, saved.cutoff_at)
    if changes := compare(before, describe(saved)):
        note_event(plan=saved, kind=kind, by=by, now=now, changes=changes, reason=reason)
    schedule_rebuild(plan_id=saved.pk)
    return saved


def _kind_of_edit(before: datetime | None, after: datetime | None) -> str:
    if before == after:
        return PlanEventKind.EDITED
    # No cut-off at all is the latest one.
    is_later = before is not None and (after is None or after > before)
    return PlanEventKind.EXTENDED if is_later else PlanEventKind.SHORTENED


def pause_plan(*, plan_id: int, by: Member, reason: str, now: datetime) -> bool:
    """Take the plan off the to-do lists and stop its reminders; says whether it was running.

    Time goes on: the cut-off stays, and what members finish counts. Raises PlanFrozen.
    """
    return _switch(plan_id, PlanEventKind.PAUSED, by=by, reason=reason, now=now)


def resume_plan(*, plan_id: int, by: Member, reason: str, now: datetime) -> bool:
    """Undo a pause; says whether there was one. Raises PlanFrozen."""
    return _switch(plan_id, PlanEventKind.RESUMED, by=by, reason=reason, now=now)


@transaction.atomic
def _switch(plan_id: int, kind: str, *, by: Member, reason: str, now: datetime) -> bool:
    plan, pauses = _lock_open(plan_id), kind == PlanEventKind.PAUSED
    if plan.is_paused == pauses:
        return False
    plan.paused_at, plan.version = now if pauses else None, plan.version + 1
    plan.save(update_fields=["paused_at", "version"])
    note_event(plan=plan, kind=kind, by=by, now=now, reason=reason)
    return True


@transaction.atomic
def delete_plan(*, plan_id: int, delete: Callable[[], None], by: Member, now: datetime) -> None:
    """`delete` removes the plan; its record stays. Raises PlanFrozen."""
    plan = _lock_open(plan_id)
    gone = [[label, text, ""] for label, text in describe(plan).items()]
    note_event(plan=plan, kind=PlanEventKind.DELETED, by=by, now=now, changes=gone)
    delete()


def _lock_open(plan_id: int) -> Plan:
    plan = lock_plan(plan_id)
    if plan.is_frozen:
        raise PlanFrozen
    return plan
