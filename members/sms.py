"""Text messages go out through the sender that settings.SMS_SENDER names."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from members.phones import mask_phone


class NotSent(Exception):
    """The company did not take the message; `code` is its word for the reason."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class SmsSender(Protocol):
    def send_code(self, phone: str, code: str) -> None:
        """Send a code; raise NotSent when the message was not taken."""


class ConsoleSender:
    """The embedded run's sender: the person at the console reads the code there."""

    def send_code(self, phone: str, code: str) -> None:
        text = _("【执委学堂】验证码 %(code)s，5 分钟内有效。请勿告诉他人。") % {"code": code}
        # Printed, not logged: a log must never carry a code.
        print(f"\n✉ {mask_phone(phone)}  {text}\n", flush=True)


def get_sender() -> SmsSender:
    return import_string(settings.SMS_SENDER)()
