"""What would keep text messages from going out is said at the start, not by the first member."""

from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured

from members.sms import get_sender


def check_sms_sender(app_configs, **kwargs) -> list[Error]:
    missing = [name for name in settings.SMS_NEEDS.get(settings.SMS_SENDER, ()) if not _has(name)]
    errors = [_needs(name) for name in missing]
    try:
        get_sender()
    except ImproperlyConfigured as error:
        errors.append(Error(str(error), id="members.E002"))
    except ImportError:
        errors.append(Error(f"SMS_SENDER names no class: {settings.SMS_SENDER}", id="members.E003"))
    return errors


def _has(name: str) -> bool:
    return bool(getattr(settings, name))


def _needs(name: str) -> Error:
    return Error(f"{settings.SMS_SENDER} needs {name}, which is empty.", id="members.E001")
