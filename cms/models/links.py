"""Where pages link to, and what is wrong with it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.links.faults import Fault
from cms.links.places import LONGEST

REASONS = {
    Fault.MALFORMED: gettext_lazy("网址写错了，打不开"),
    Fault.CREDENTIALS: gettext_lazy("网址里带着账号密码，请去掉"),
    Fault.INNER: gettext_lazy("网址指向内部网络，读者打不开"),
    Fault.NO_HOST: gettext_lazy("没有这个网站（域名不存在）"),
    Fault.UNREACHABLE: gettext_lazy("连不上对方网站"),
    Fault.SLOW: gettext_lazy("对方网站太久没有回应"),
    Fault.EXPIRED_CERTIFICATE: gettext_lazy("对方网站的安全证书过期了"),
    Fault.BAD_CERTIFICATE: gettext_lazy("对方网站的安全证书有问题"),
    Fault.NO_ENCRYPTION: gettext_lazy("和对方网站建立不了加密连接"),
    Fault.MISSING: gettext_lazy("网址不存在"),
    Fault.SERVER_ERROR: gettext_lazy("对方网站出错"),
    Fault.CIRCLES: gettext_lazy("网址跳转太多次，到不了"),
    Fault.PAGE_GONE: gettext_lazy("本站的这个页面已经删除"),
    Fault.PAGE_NOT_LIVE: gettext_lazy("本站的这个页面没有发布"),
    Fault.NO_SUCH_ADDRESS: gettext_lazy("本站没有这个网址"),
    Fault.FILE_GONE: gettext_lazy("文件已经不在了"),
}
# Targets within the site, by the name of their model.
KINDS = {
    "page": gettext_lazy("页面"),
    "document": gettext_lazy("文档"),
    "image": gettext_lazy("图片"),
    "lessonmedia": gettext_lazy("音视频"),
}
# An address outside is called broken when it failed in so many checks, each a day or more apart.
FAILURES_OF_BROKEN = 2
# Characters. PostgreSQL indexes 2,704 bytes at most; Chinese takes three for each.
LONGEST_TARGET = 500


def describe(fault: str, status: int | None = None) -> str:
    """网址不存在（404）"""
    if not fault:
        return ""
    facts = {"reason": REASONS[Fault(fault)], "status": status}
    return _("%(reason)s（%(status)d）") % facts if status else str(facts["reason"])


class OutsideAddress(models.Model):
    """An address of the web that pages link to, as it was when last asked."""

    url = models.CharField(max_length=LONGEST, unique=True)
    # When it is to be asked next; None: with everything else, next week.
    due_at = models.DateTimeField(null=True, db_index=True)
    checked_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    first_failed_at = models.DateTimeField(null=True)
    # The last failure that counted: checks within a day of it do not.
    counted_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.url


class PageLinkQuerySet(models.QuerySet):
    def broken(self):
        return self.filter(~Q(fault="") | Q(address__failures__gte=FAILURES_OF_BROKEN))

    def minded(self):
        """Those that no editor has said to leave alone."""
        return self.filter(ignored_at=None)


class PageLink(models.Model):
    """A link in what a live page shows."""

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="outgoing_links"
    )
    # What the editor would recognize: the address as written, or "page:12".
    target = models.CharField(max_length=LONGEST_TARGET)
    words = models.CharField(max_length=120, blank=True)
    address = models.ForeignKey(
        OutsideAddress, null=True, on_delete=models.CASCADE, related_name="links"
    )
    # Of links within the site, known at once; of others the address knows it.
    fault = models.CharField(max_length=20, blank=True)
    found_at = models.DateTimeField(default=timezone.now)
    ignored_at = models.DateTimeField(null=True)
    ignored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PageLinkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "target"], name="page_link_once")]
        indexes = [
            models.Index(fields=["page"], condition=~Q(fault=""), name="page_link_with_fault")
        ]

    def __str__(self):
        return self.target

    @property
    def place(self) -> str:
        """What a link within the site names, in words: 页面 12."""
        kind, _colon, key = self.target.partition(":")
        return f"{KINDS[kind]} {key}" if kind in KINDS else self.target

    @property
    def reason(self) -> str:
        if self.fault:
            return describe(self.fault)
        return describe(self.address.fault, self.address.status) if self.address else ""
