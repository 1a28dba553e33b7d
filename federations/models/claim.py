"""A person at the door whom the roster does not know: who she says she is (认领)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from federations.models.appointment import Position
from members.encryption import EncryptedPhoneField
from members.models import WechatIdentity


class ClaimState(models.TextChoices):
    OPEN = "open", _("待处理")
    APPROVED = "approved", _("已通过")
    DECLINED = "declined", _("未通过")


class RosterClaim(models.Model):
    """What she says of herself, and by what she is found again: the phone that she has shown to be
    hers, her WeChat, or both. `member` is who she turned out to be."""

    name = models.CharField(_("姓名"), max_length=50)
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("妇联"),
        on_delete=models.PROTECT,
        related_name="claims",
    )
    position = models.CharField(_("职务"), max_length=10, choices=Position)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    phone = EncryptedPhoneField(_("手机号"), null=True, blank=True)
    phone_proved_at = models.DateTimeField(null=True)
    # Her phone is another member's already: she shares it, and signs in with WeChat.
    shares_phone = models.BooleanField(default=False)
    identity = models.ForeignKey(
        WechatIdentity, null=True, on_delete=models.SET_NULL, related_name="claims"
    )
    made_at = models.DateTimeField(_("提交时间"))
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.OPEN)
    decided_at = models.DateTimeField(_("处理时间"), null=True)
    # Null after a decision: an account that is gone.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="claims"
    )

    class Meta:
        verbose_name = _("认领")
        verbose_name_plural = _("认领")
        constraints = [
            models.UniqueConstraint(
                fields=["identity"], condition=Q(state="open"), name="claim_open_once_by_wechat"
            ),
            models.UniqueConstraint(
                fields=["phone"], condition=Q(state="open"), name="claim_open_once_by_phone"
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "state"], name="claim_of_federation"),
            models.Index(fields=["phone"], name="claim_by_phone"),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state == ClaimState.OPEN
