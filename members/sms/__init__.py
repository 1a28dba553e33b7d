"""Text messages go out through the sender that settings.SMS_SENDER names.

A company's sender is imported only when it is chosen: its SDK is an optional extra.
"""

from django.conf import settings
from django.utils.module_loading import import_string

from members.sms.console import ConsoleSender
from members.sms.sending import Busy, NotSent, SmsSender

__all__ = ["Busy", "ConsoleSender", "NotSent", "SmsSender", "get_sender"]


def get_sender() -> SmsSender:
    return import_string(settings.SMS_SENDER)()
