"""What every page of the site shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class Colour(models.TextChoices):
    ROSE = "rose", _("玫红")
    SKY = "sky", _("天蓝")
    KAPOK = "kapok", _("木棉橙")
    LEAF = "leaf", _("叶绿")
    PLUM = "plum", _("梅紫")
    GOLD = "gold", _("金黄")


class BasePage(Page):
    """A page with a summary and an owning federation.

    `is_scored` says whether finishing the page yields a score; plans read it, so that `learning`
    needs to know pages only.
    """

    is_scored = False

    summary = models.CharField(
        _("摘要"), max_length=200, blank=True, help_text=_("一两句话，显示在列表和分享卡片里。")
    )
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("所属妇联"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        abstract = True
