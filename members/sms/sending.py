"""What every sender does, and how it says that it could not."""

from typing import NamedTuple, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# Milliseconds that a company may take to be reached, and to answer.
CONNECT_TIMEOUT, READ_TIMEOUT = 3_000, 5_000
UNREACHED = "unreached"


class SmsSender(Protocol):
    def send_code(self, phone: str, code: str) -> None:
        """Send a code; raise NotSent when the message was not taken."""


class NotSent(Exception):
    """The message was not taken. `code` is the company's word for the reason, `request_id` its
    number for the request; what it says beside them may hold the phone and is dropped."""

    def __init__(self, code: str, request_id: str = ""):
        super().__init__(code)
        self.code = code
        self.request_id = request_id


class Busy(NotSent):
    """Not taken now: in some seconds it may be."""


class ExtraMissing(ImproperlyConfigured):
    def __init__(self, extra: str):
        super().__init__(
            f"SMS_SENDER needs the extra '{extra}' (pyproject.toml), which is not installed:"
            " install requirements-sms.lock in place of requirements.lock."
        )
        self.extra = extra


class Access(NamedTuple):
    """Where a company is asked, and as whom."""

    key_id: str
    key_secret: str
    region: str
    endpoint: str


def access(*, region: str, endpoint: str) -> Access:
    """From the settings; what is left open there is the company's usual place."""
    return Access(
        settings.SMS_KEY_ID,
        settings.SMS_KEY_SECRET,
        settings.SMS_REGION or region,
        settings.SMS_ENDPOINT or endpoint,
    )


def refusal(code: str, request_id: str, *, passing: tuple[str, ...]) -> NotSent:
    """Busy for codes that begin with one of `passing`: what is over in some seconds."""
    kind = Busy if code.startswith(passing) else NotSent
    return kind(code, request_id)
