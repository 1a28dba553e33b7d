"""Who serves where, in which position, for which term."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Position(models.TextChoices):
    CHAIR = "主席", _("主席")
    VICE_CHAIR = "副主席", _("副主席")
    PART_TIME_VICE_CHAIR = "兼职副主席", _("兼职副主席")
    STANDING = "常委", _("常委")
    MEMBER = "执委", _("执委")
    INVITED = "特邀代表", _("特邀代表")


class Source(models.TextChoices):
    ELECTED = "选举", _("选举")
    SUBSTITUTED = "替补", _("替补")
    ADDED = "增补", _("增补")


class AppointmentQuerySet(models.QuerySet):
    def in_force(self, on):
        """Appointments whose term covers the date `on`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def counted(self):
        return self.filter(is_counted=True)


class Appointment(models.Model):
    """A member's position at a federation (任职). One of hers is the counted one (计入单位)."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("执委"),
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("妇联"),
        db_index=False,  # appointment_counted begins with it
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    position = models.CharField(_("职务"), max_length=10, choices=Position)
    term = models.CharField(_("届次"), max_length=20, blank=True)
    source = models.CharField(_("来源"), max_length=4, choices=Source, default=Source.ELECTED)
    starts_on = models.DateField(_("任期起"))
    ends_on = models.DateField(_("任期止"), null=True, blank=True)
    is_counted = models.BooleanField(_("计入单位"), default=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="appointment_term_in_order",
                violation_error_message=_("任期止不能早于任期起。"),
            ),
            # Every person counts once in every total. A past appointment gives up its mark when
            # the next one takes it; history is kept by its dates.
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(is_counted=True),
                name="appointment_counted_once",
                violation_error_message=_("这位执委已有计入单位，请先取消原来的。"),
            ),
            models.UniqueConstraint(
                fields=["member", "federation", "position", "starts_on"],
                name="appointment_once",
                violation_error_message=_("这条任职已经登记过。"),
            ),
        ]
        indexes = [models.Index(fields=["federation", "is_counted"], name="appointment_counted")]

    def __str__(self):
        return f"{self.member} · {self.federation}{self.get_position_display()}"


class RosterChange(models.Model):
    """A note that the roster of a federation changed: whoever counts its members reads it.

    Lower layers write it, `learning` takes it away when it has marked its standings stale.
    """

    federation = models.ForeignKey(
        "federations.Federation", on_delete=models.CASCADE, related_name="+"
    )

    def __str__(self):
        return str(self.federation_id)
