"""Local picks (各地精选): cards that lead to services and mini-programs of each city."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.models.domains import leads_to_allowed_host

APP_ID = RegexValidator(r"\Awx[0-9a-f]{16}\Z", _("AppID 是 wx 开头的 18 位字母和数字。"))


class PickKind(models.Model):
    """少儿培训, 老人大学, 家政, 妈妈岗, 创业 …"""

    name = models.CharField(_("名称"), max_length=12, unique=True)
    sort_order = models.PositiveIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("精选分类")
        verbose_name_plural = _("精选分类")
        ordering = ["sort_order", "pk"]

    def __str__(self):
        return self.name


class LocalPickQuerySet(models.QuerySet):
    def shown(self, today: date):
        """What readers see today. A host that was taken off the list takes its cards with it."""
        return self.filter(
            Q(is_on=True),
            Q(starts_on__isnull=True) | Q(starts_on__lte=today),
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            Q(address="") | Q(leads_to_allowed_host("host")),
        )

    def for_city(self, city):
        """The city's own and the province's; None asks for all."""
        return self.filter(Q(city=None) | Q(city=city)) if city else self

    def in_order(self):
        return self.order_by("sort_order", "-pk")


class LocalPick(models.Model):
    """Either an https `address` or a mini-program; `cms.local_forms` sees to it, and to `host`."""

    title = models.CharField(_("名称"), max_length=40)
    summary = models.CharField(_("一句话介绍"), max_length=80, blank=True)
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("主办妇联"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    city = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("城市"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("不选就是全省都显示。"),
    )
    kind = models.ForeignKey(
        PickKind, verbose_name=_("分类"), on_delete=models.PROTECT, related_name="picks"
    )
    address = models.CharField(
        _("网址"),
        blank=True,
        max_length=500,
        help_text=_("https:// 开头，域名要在“可用域名”里。和小程序两样填一样。"),
    )
    host = models.CharField(max_length=253, blank=True, editable=False)
    app_id = models.CharField(_("小程序 AppID"), max_length=18, blank=True, validators=[APP_ID])
    app_name = models.CharField(
        _("小程序名称"),
        max_length=40,
        blank=True,
        help_text=_("在微信里能搜到的名称，直接打不开时照着它搜。"),
    )
    app_path = models.CharField(
        _("小程序页面路径"),
        max_length=200,
        blank=True,
        validators=[
            RegexValidator(r"\A[\w/.-]+(\?[\w=&%.-]*)?\Z", _("路径像 pages/index/index。"))
        ],
        help_text=_("例如 pages/index/index，不填就打开首页。"),
    )
    hint = models.CharField(
        _("使用说明"),
        max_length=120,
        blank=True,
        help_text=_("例如：进去后点“在线报名”。"),
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("图片"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sort_order = models.PositiveIntegerField(
        _("顺序"), default=100, help_text=_("数字小的排在前面。")
    )
    is_on = models.BooleanField(_("上架"), default=True, help_text=_("取消勾选，读者马上看不到。"))
    starts_on = models.DateField(_("从哪天起显示"), null=True, blank=True)
    ends_on = models.DateField(_("到哪天为止"), null=True, blank=True)

    objects = LocalPickQuerySet.as_manager()

    class Meta:
        verbose_name = _("各地精选")
        verbose_name_plural = _("各地精选")

    def __str__(self):
        return self.title
