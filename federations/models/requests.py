"""What a member asks her federation to put right about her."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CorrectedThing(models.TextChoices):
    NAME = "name", _("姓名")
    PHONE = "phone", _("手机号")
    APPOINTMENT = "service", _("任职")
    OTHER = "other", _("其他")


class RequestState(models.TextChoices):
    OPEN = "open", _("待处理")
    DONE = "done", _("已更正")
    DECLINED = "declined", _("不更正")


class CorrectionRequest(models.Model):
    """`federation` is where she was counted when she asked: its staff, and those above, see it."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="correction_requests"
    )
    federation = models.ForeignKey(
        "federations.Federation", on_delete=models.PROTECT, related_name="correction_requests"
    )
    thing = models.CharField(_("哪里不对"), max_length=10, choices=CorrectedThing)
    text = models.CharField(_("应该是什么"), max_length=200)
    state = models.CharField(
        _("情况"), max_length=10, choices=RequestState, default=RequestState.OPEN
    )
    asked_at = models.DateTimeField(_("申请时间"))
    reply = models.CharField(_("答复"), max_length=200, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("更正申请")
        verbose_name_plural = _("更正申请")
        constraints = [
            # Pressing twice asks once.
            models.UniqueConstraint(
                fields=["member", "thing"], condition=Q(state="open"), name="correction_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "state"], name="correction_request_place"),
        ]

    def __str__(self):
        return f"{self.member_id}:{self.thing}"

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN
