"""Background work; each task is one line that calls the domain."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from members.domain.audit import prune_entries, seal_entries
from members.domain.devices import forget_ended_devices
from members.domain.erasure import erase_due_members as erase_due
from members.domain.login_codes import send_code
from members.domain.phone_proofs import send_proof
from members.domain.retention import apply_retention as apply_rules
from members.sms.trying import TRIES, try_sending


@shared_task
def clear_expired_sessions():
    call_command("clearsessions")
    forget_ended_devices(now=timezone.now())


@shared_task(**TRIES)
def send_login_code(self, member_id: int | None):
    # An id, not a phone: the queue keeps what a task is given.
    try_sending(self, lambda: send_code(member_id=member_id, now=timezone.now()))


@shared_task(**TRIES)
def send_proof_code(self, handle: str):
    try_sending(self, lambda: send_proof(handle=handle, now=timezone.now()))


@shared_task
def erase_due_members():
    erase_due(now=timezone.now())


@shared_task
def apply_retention():
    apply_rules(now=timezone.now())


@shared_task
def seal_audit():
    seal_entries()


@shared_task
def prune_audit():
    prune_entries(before=timezone.now() - timedelta(days=settings.AUDIT_DAYS))


@shared_task
def verify_audit():
    # An error ends up in the log that the operators watch; the head is for who asks by hand.
    call_command("verify_audit", verbosity=0)
