"""What was really watched. Times are in tenths of a second, as the client reports them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WatchRecord(models.Model):
    """One row per member and lesson: the merged intervals that were credited."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watch_records"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.PROTECT, related_name="watch_records"
    )
    # The recording or the text that the intervals belong to: another one begins anew.
    version = models.CharField(max_length=24, blank=True)
    intervals = models.JSONField(_("已看片段"), default=list)
    watched = models.PositiveIntegerField(_("已看（0.1 秒）"), default=0)
    position = models.PositiveIntegerField(_("看到（0.1 秒）"), default=0)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "lesson"], name="watch_record_once")
        ]
        indexes = [models.Index(fields=["member", "-updated_at"], name="watch_record_recent")]

    def __str__(self):
        return f"{self.member_id}:{self.lesson_id}"


class WatchBudget(models.Model):
    """How much watching one member can still be credited, over all lessons together."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="watch_budget",
    )
    balance = models.PositiveIntegerField(_("余额（0.1 秒）"), default=0)
    counted_at = models.DateTimeField(_("计到"))

    def __str__(self):
        return f"{self.member_id}: {self.balance}"
