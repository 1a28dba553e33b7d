"""Where a member is signed in: a row for each session, so that she can see and end it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.member import Member


class Device(models.Model):
    """`name` and `network` say what she needs to recognise it, and no more: 微信 · 安卓手机,
    113.77.*.*."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("设备"), max_length=60)
    network = models.CharField(_("网络"), max_length=45, blank=True)
    signed_in_at = models.DateTimeField(_("登录时间"))
    last_seen_at = models.DateTimeField(_("最近使用"))

    class Meta:
        verbose_name = verbose_name_plural = _("登录的设备")
        ordering = ["-last_seen_at", "-pk"]

    def __str__(self):
        return self.name
