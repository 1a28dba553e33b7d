"""Who a member is in WeChat."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.member import Member


class WechatIdentity(models.Model):
    """A person as one of the site's two WeChat applications knows her.

    `openid` is of that application alone; `unionid`, where WeChat told it, is the same in both.
    Without a member: she has claimed a place on the roster, and staff have not decided yet.
    Neither nickname nor picture is kept: nobody here needs them.
    """

    app_id = models.CharField(max_length=32)
    openid = models.CharField(max_length=64)
    unionid = models.CharField(max_length=64, blank=True)
    member = models.ForeignKey(
        Member,
        verbose_name=_("执委"),
        null=True,
        on_delete=models.CASCADE,
        related_name="wechat_identities",
    )
    made_at = models.DateTimeField()
    bound_at = models.DateTimeField(_("绑定时间"), null=True)

    class Meta:
        verbose_name = _("微信绑定")
        verbose_name_plural = _("微信绑定")
        constraints = [
            models.UniqueConstraint(fields=["app_id", "openid"], name="wechat_identity_once"),
            # A second WeChat of hers takes the place of the first only when she takes that away.
            models.UniqueConstraint(fields=["app_id", "member"], name="wechat_identity_of_member"),
        ]
        indexes = [
            models.Index(
                fields=["unionid"], condition=~models.Q(unionid=""), name="wechat_identity_union"
            )
        ]

    def __str__(self):
        return str(self.pk)
