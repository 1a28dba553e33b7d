"""What a member agreed to, and what she asked about her own data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.member import Member


class DocumentName(models.TextChoices):
    PRIVACY = "privacy", _("个人信息保护说明")
    TERMS = "terms", _("用户协议")


class ConsentWay(models.TextChoices):
    PASSWORD = "password", _("密码登录")
    SMS = "sms", _("短信验证码登录")
    WECHAT = "wechat", _("微信登录")
    PAGE = "page", _("登录后的页面")


class Consent(models.Model):
    """She agreed to one version of one document. Withdrawing fills in a date and nothing else.

    The row is the proof: it outlives her data for a while, and then names nobody but an id.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    document = models.CharField(_("文件"), max_length=10, choices=DocumentName)
    version = models.CharField(_("版本"), max_length=10)
    way = models.CharField(_("方式"), max_length=10, choices=ConsentWay)
    given_at = models.DateTimeField(_("同意时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("同意记录")
        verbose_name_plural = _("同意记录")
        constraints = [
            # Agreeing twice at once is agreeing once.
            models.UniqueConstraint(
                fields=["member", "document", "version"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_in_force_once",
            ),
        ]

    def __str__(self):
        return f"{self.member_id}:{self.document}:{self.version}"


class ErasureQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(cancelled_at=None, done_at=None)


class Erasure(models.Model):
    """She asked that her account and data be erased; from `due_at` on it is done.

    The row outlives her data: nothing in it says who she was.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="erasures")
    asked_at = models.DateTimeField(_("申请时间"))
    due_at = models.DateTimeField(_("执行时间"))
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)
    done_at = models.DateTimeField(_("完成时间"), null=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("注销申请")
        verbose_name_plural = _("注销申请")
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(cancelled_at__isnull=True, done_at__isnull=True),
                name="erasure_waiting_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(cancelled_at__isnull=True, done_at__isnull=True),
                name="erasure_waiting",
            ),
        ]

    def __str__(self):
        return f"{self.member_id}:{self.due_at:%Y-%m-%d}"
