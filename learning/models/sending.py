"""A sending of reminders: who asked for it, or the clock; for which plan, to whom."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.models.plan import Reach


class ReminderSending(models.Model):
    """`token` comes from the form: pressing the button twice is one sending.

    The counts are None until the job has told everybody. `by` is empty for the clock.
    """

    token = models.UUIDField(unique=True, default=uuid4, editable=False)
    plan = models.ForeignKey(
        "learning.Plan", on_delete=models.CASCADE, related_name="reminder_sendings"
    )
    federation = models.ForeignKey(
        "federations.Federation", on_delete=models.PROTECT, related_name="+"
    )
    reach = models.CharField(_("范围"), max_length=8, choices=Reach)
    # Her federation's own words under the fixed ones.
    words = models.CharField(_("附言"), max_length=60, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("谁"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    job = models.ForeignKey(
        "federations.Job", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(_("时间"))
    finished_at = models.DateTimeField(null=True)
    sent = models.PositiveIntegerField(_("收到"), null=True)
    within_week = models.PositiveIntegerField(_("七天内提醒过"), null=True)
    stopped = models.PositiveIntegerField(_("停止了提醒"), null=True)
    inactive = models.PositiveIntegerField(_("账号停用"), null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("提醒发送")
        indexes = [
            models.Index(fields=["federation", "-asked_at"], name="reminder_sending_place"),
        ]

    def __str__(self):
        return f"{self.plan_id}:{self.federation_id}"

    @property
    def unfinished(self) -> int | None:
        """How many had not completed the plan when it was sent."""
        if self.finished_at is None:
            return None
        return self.sent + self.within_week + self.stopped + self.inactive
