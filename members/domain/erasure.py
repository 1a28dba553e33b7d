"""Erasing a member: asked for by herself, done a week later, and nothing of it can be undone.

Every app erases its own tables: it registers a function of (member, now) for the hook
`erase_member`. Progress, scores, the ledger, appointments and frozen rosters stay, under an account
without a name: the standings count what they counted before.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.db import models, transaction
from wagtail import hooks

from members.domain.audit import record
from members.domain.consents import withdraw_consent
from members.domain.devices import end_sessions
from members.domain.sign_ins import remove_sessions
from members.models import Action, Erasure, Member, Notice, ReminderState
from members.names import ERASED_NAME
from members.relations import relations_to_member

WAIT = timedelta(days=7)
HOOK = "erase_member"
# Functions of (member) that return why she cannot be erased yet, or nothing.
OBSTACLES_HOOK = "member_erasure_obstacles"
# Functions of (members, now): what names them in files and the like, which no transaction holds.
FILES_HOOK = "forget_members_files"
PACKAGES = ("allauth.", "wagtail.", "wagtailmedia.")
log = structlog.get_logger(__name__)


class ErasureRefused(Exception):
    """It cannot be done yet; the messages say why and what to do, in Chinese."""

    def __init__(self, reasons: list[str]):
        super().__init__(*reasons)
        self.reasons = reasons


def waiting_erasure(member: Member) -> Erasure | None:
    return Erasure.objects.waiting().filter(member=member).first()


def erasure_obstacles(member: Member) -> list[str]:
    return [why for find in hooks.get_hooks(OBSTACLES_HOOK) if (why := find(member))]


@transaction.atomic
def ask_erasure(*, member: Member, now: datetime) -> Erasure:
    """Her account ends here, and is erased when the time to think it over has passed.

    Whoever calls it has made sure that it is herself. Asking twice is asking once. Raises
    ErasureRefused.
    """
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if waiting := waiting_erasure(member):
        return waiting
    if reasons := erasure_obstacles(member):
        raise ErasureRefused(reasons)
    erasure = Erasure.objects.create(member=member, asked_at=now, due_at=now + WAIT)
    record(action=Action.ERASURE_ASKED, by=member, subject=member)
    withdraw_consent(member=member, now=now)
    end_sessions(member=member, by=member, why="erasure")
    return erasure


@transaction.atomic
def cancel_erasure(*, member: Member, now: datetime) -> bool:
    """Whether there was one to cancel. She is asked for her consent again."""
    cancelled = bool(Erasure.objects.waiting().filter(member=member).update(cancelled_at=now))
    if cancelled:
        record(action=Action.ERASURE_CANCELLED, by=member, subject=member)
    return cancelled


def erase_due_members(*, now: datetime) -> int:
    """Erase those whose time has passed; returns how many. One that fails holds up no other.

    Files come first, while it is still known who is meant. If the night ends in between, the next
    one does both again.
    """
    due = list(Erasure.objects.waiting().filter(due_at__lte=now).select_related("member"))
    if not due:
        return 0
    members = [each.member for each in due]
    remove_sessions(each.pk for each in members)
    for forget in hooks.get_hooks(FILES_HOOK):
        forget(members, now)
    return sum(_erase_safely(each, now) for each in due)


def _erase_safely(erasure: Erasure, now: datetime) -> bool:
    try:
        return erase_if_due(erasure_id=erasure.pk, now=now)
    except Exception:
        # Without the error's text: a database's message may hold the row.
        log.error("erasure_failed", erasure=erasure.pk)
        return False


@transaction.atomic
def erase_if_due(*, erasure_id: int, now: datetime) -> bool:
    """Whether it was done: she may have cancelled it, or been given a role, a moment ago."""
    waiting = Erasure.objects.waiting().filter(pk=erasure_id, due_at__lte=now)
    if not waiting.update(done_at=now):
        return False
    member = Member.objects.get(erasures=erasure_id)
    if erasure_obstacles(member):
        Erasure.objects.filter(pk=erasure_id).update(done_at=None)
        log.warning("erasure_waits_for_roles", erasure=erasure_id)
        return False
    erase_account(member=member, now=now)
    record(action=Action.ERASED, by=None, subject=member)
    return True


def erase_account(*, member: Member, now: datetime) -> None:
    """Take away whatever says who the account belonged to, in every app. In a transaction."""
    for erase in hooks.get_hooks(HOOK):
        erase(member, now)
    _delete_rows_of_others(member)
    Notice.objects.filter(member=member).delete()
    ReminderState.objects.filter(member=member).delete()
    _make_nameless(member)
    end_sessions(member=member, by=None, why="erased")


def _delete_rows_of_others(member: Member) -> None:
    """What packages hang on an account and would delete with it: second factors, drafts, tokens."""
    for relation in relations_to_member():
        model = relation.related_model
        is_package = model.__module__.startswith(PACKAGES)
        if is_package and relation.on_delete is models.CASCADE:
            model._base_manager.filter(**{relation.field.name: member}).delete()


def _make_nameless(member: Member) -> None:
    member.groups.clear()
    member.user_permissions.clear()
    member.name, member.email = ERASED_NAME, ""
    member.phone = member.phone_verified_at = member.last_login = None
    member.text_size = ""
    member.is_active = member.is_staff = member.is_superuser = False
    member.set_unusable_password()
    member.save()


def erased_ids(member_ids: Iterable[int]) -> set[int]:
    """Which of them have been erased."""
    done = Erasure.objects.filter(member__in=member_ids, done_at__isnull=False)
    return set(done.values_list("member_id", flat=True))
