"""What happened to rosters: rows are added and nothing else, by federations.domain alone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppointmentEventKind(models.TextChoices):
    APPOINTED = "appointed", _("任职")
    ENDED = "ended", _("离任")
    LEFT = "left", _("调出")
    ARRIVED = "arrived", _("调入")
    POSITION = "position", _("改职务")
    COUNTED = "counted", _("改计入单位")
    CORRECTED = "corrected", _("更正")
    STAYED = "stayed", _("换届留任")
    REPLACED = "replaced", _("换届离任")
    ELECTED = "elected", _("换届新任")
    MERGED = "merged", _("合并账号")
    REMOVED = "removed", _("删除")


class Unchangeable(Exception):
    """What stands in the history stays."""


class HistoryQuerySet(models.QuerySet):
    def update(self, **values):
        raise Unchangeable

    def delete(self):
        raise Unchangeable

    def bulk_update(self, *args, **kwargs):
        raise Unchangeable


class HistoryRow(models.Model):
    objects = HistoryQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Unchangeable
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unchangeable


class AppointmentEvent(HistoryRow):
    """One change of one appointment (任职变动).

    changes: {column: [before, after]} as JSON holds them; federations by id, dates as ISO text.
    A new appointment has null before, a removed one null after. An appointment that a roster
    brought in and nobody has changed since has no row.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appointment_events"
    )
    federation = models.ForeignKey(
        "federations.Federation", on_delete=models.PROTECT, related_name="appointment_events"
    )
    kind = models.CharField(_("事项"), max_length=10, choices=AppointmentEventKind)
    changes = models.JSONField(default=dict)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    # Null: the machine, or an account that is gone.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("任职变动")
        verbose_name_plural = _("任职变动")
        indexes = [
            models.Index(fields=["member", "-at"], name="appointment_event_of"),
            models.Index(fields=["federation", "-at"], name="appointment_event_at"),
        ]

    def __str__(self):
        return f"{self.member_id}:{self.kind}"


class Renewal(HistoryRow):
    """A federation's new term (换届), done in one step. `token` is of the form: it works once."""

    federation = models.ForeignKey(
        "federations.Federation", on_delete=models.PROTECT, related_name="renewals"
    )
    token = models.UUIDField(unique=True)
    term = models.CharField(_("届次"), max_length=20)
    elected_on = models.DateField(_("换届日期"))
    stayed = models.PositiveIntegerField(_("留任"))
    left = models.PositiveIntegerField(_("离任"))
    joined = models.PositiveIntegerField(_("新任"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("换届")
        verbose_name_plural = _("换届")

    def __str__(self):
        return f"{self.federation_id}:{self.term}"


class AccountMerge(HistoryRow):
    """Two accounts of one person became one: what was `gone`'s is `kept`'s since."""

    kept = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="merges"
    )
    gone = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="merged_into"
    )
    reason = models.CharField(_("原因"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("合并账号")
        verbose_name_plural = _("合并账号")

    def __str__(self):
        return f"{self.gone_id}→{self.kept_id}"
