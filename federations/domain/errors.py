"""Why a roster cannot be changed like this."""

from django.utils.translation import gettext as _


class RosterError(ValueError):
    """The message says why, in Chinese; `field` is the input that it is about, if one is."""

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.field = field


class RosterChanged(RosterError):
    """Somebody else has changed meanwhile what the form was about."""

    def __init__(self, message: str = ""):
        super().__init__(
            message or _("刚刚有人改过这里的任职。请看一看现在的情况，再决定要不要提交。")
        )
