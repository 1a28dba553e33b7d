"""Durations and sizes as people say them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def clock(seconds: float) -> str:
    """06:20"""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:02d}:{rest:02d}"


def minutes_and_seconds(seconds: float) -> str:
    """2 分 18 秒; 40 秒"""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return _("%d 秒") % rest
    return _("%(minutes)d 分 %(seconds)d 秒") % {"minutes": minutes, "seconds": rest}


def about_minutes(seconds: float) -> str:
    """还剩约 2 分钟"""
    minutes = max(1, round(seconds / 60))
    return ngettext("还剩约 %d 分钟", "还剩约 %d 分钟", minutes) % minutes


def megabytes(size: int) -> str:
    """约 9 MB; what a lesson costs on a phone's plan, empty when unknown."""
    if not size:
        return ""
    amount = size / 1_000_000
    return _("约 %s MB") % (f"{amount:.0f}" if amount >= 10 else f"{amount:.1f}")
