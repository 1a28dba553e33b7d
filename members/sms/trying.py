"""Sending again, by the queue, while the company is busy."""

from collections.abc import Callable

import structlog

from members.sms.sending import Busy

log = structlog.get_logger(__name__)
# For a task: again after 2, 4 and 8 seconds, well before she may ask for the next code.
TRIES = {"bind": True, "max_retries": 3}


def try_sending(task, send: Callable[[], None]) -> None:
    """Call `send`; when the company is busy, have the task come back, and at last say so."""
    try:
        send()
    except Busy as busy:
        if task.request.retries < task.max_retries:
            _come_back(task)
        else:
            log.error("sms_given_up", code=busy.code, sms_request=busy.request_id)


def _come_back(task) -> None:
    retry = task.retry(countdown=2 ** (task.request.retries + 1), throw=False)
    if retry.is_eager:  # without a worker nobody else does it
        retry.sig.apply()
