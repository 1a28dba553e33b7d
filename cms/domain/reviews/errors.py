"""Why a step was not taken, in Chinese."""

from django.utils.translation import gettext_lazy as _

CHANGED_MEANWHILE = _("这一页刚刚有人审过或改过了，请看看现在的样子再决定。")


class ReviewRefused(Exception):
    """Nothing was done; the message says why."""
