"""Background work; each task is one line that calls the domain."""

from collections.abc import Callable

import structlog
from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from members.domain.login_codes import send_code
from members.domain.phone_proofs import send_proof
from members.sms import Busy

log = structlog.get_logger(__name__)
# Again after 2, 4 and 8 seconds: over well before she may ask for the next code.
TRIES = {"bind": True, "max_retries": 3}


@shared_task
def clear_expired_sessions():
    call_command("clearsessions")


@shared_task(**TRIES)
def send_login_code(self, member_id: int | None):
    # An id, not a phone: the queue keeps what a task is given.
    _try(self, lambda: send_code(member_id=member_id, now=timezone.now()))


@shared_task(**TRIES)
def send_proof_code(self, handle: str):
    _try(self, lambda: send_proof(handle=handle, now=timezone.now()))


def _try(task, send: Callable[[], None]) -> None:
    """Send; when the company is busy, try again some seconds later, and at last say so."""
    try:
        send()
    except Busy as busy:
        if task.request.retries < task.max_retries:
            _try_again(task)
        else:
            log.error("sms_given_up", code=busy.code, sms_request=busy.request_id)


def _try_again(task) -> None:
    retry = task.retry(countdown=2 ** (task.request.retries + 1), throw=False)
    if retry.is_eager:  # without a worker nobody else comes back for it
        retry.sig.apply()
