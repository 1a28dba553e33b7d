"""Themed columns (主题栏目), the articles in them (资讯), and links that stand among those."""

from django.db import models
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.fields import StreamField
from cms.models.base import BasePage, Colour
from cms.models.domains import leads_to_allowed_host
from cms.widgets import IconRadio


class ColumnIndexPage(BasePage):
    template = "pages/cms/column_index_page.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ColumnPage", "courses.AudioColumnPage"]
    # The editors' order is the readers': the admin shows it, and pages are dragged in it.
    admin_default_ordering = "ord"

    class Meta:
        verbose_name = _("栏目总览")


class ColumnIcon(models.TextChoices):
    FLAG = "flag", _("旗帜")
    SCALE = "scale", _("天平")
    HEART = "heart", _("爱心")
    SPROUT = "sprout", _("新芽")
    PULSE = "pulse", _("健康")
    CHAT = "chat", _("交流")
    BOOK = "book", _("书本")
    USERS = "users", _("姐妹")
    HAND = "hand", _("关爱")
    BABY = "baby", _("育儿")
    GRAD = "grad", _("求学")
    BRIEFCASE = "briefcase", _("就业")
    SHIELD = "shield", _("维权")
    LANDMARK = "landmark", _("政务")
    MEGAPHONE = "megaphone", _("宣讲")
    NEWSPAPER = "newspaper", _("资讯")
    MIC = "mic", _("访谈")
    HEADPHONES = "headphones", _("听书")
    MUSIC = "music", _("文艺")
    PALETTE = "palette", _("手工")
    LIGHTBULB = "lightbulb", _("点子")
    STAR = "star", _("榜样")
    AWARD = "award", _("表彰")
    SUN = "sun", _("生活")
    MAP_PIN = "map-pin", _("本地")
    LIBRARY = "library", _("资料")


class ColumnPage(BasePage):
    """A themed column (主题栏目): the editor makes the next one herself, no code is needed."""

    template = "pages/cms/column_page.html"
    schema_type = "CollectionPage"
    parent_page_types = ["cms.ColumnIndexPage"]
    subpage_types = ["cms.ArticlePage", "cms.ColumnLinkPage"]

    icon = models.CharField(_("图标"), max_length=10, choices=ColumnIcon, default=ColumnIcon.FLAG)
    colour = models.CharField(_("颜色"), max_length=10, choices=Colour, default=Colour.ROSE)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("icon", widget=IconRadio("icon-pick")),
                FieldPanel("colour", widget=IconRadio("colour-pick")),
            ],
            heading=_("外观"),
        ),
    ]

    class Meta:
        verbose_name = _("主题栏目")
        verbose_name_plural = _("主题栏目")


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey(
        "cms.ArticlePage", related_name="tagged_items", on_delete=models.CASCADE
    )


class ArticleQuerySet(PageQuerySet):
    def newest_first(self):
        return self.order_by("-first_published_at", "-pk")


class ArticlePage(BasePage):
    """An article (资讯) of a themed column."""

    template = "pages/cms/article_page.html"
    schema_type = "Article"
    parent_page_types = ["cms.ColumnPage"]
    subpage_types: list[str] = []
    word_fields = ()

    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("封面"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("标签"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("cover"),
        FieldPanel("body"),
        FieldPanel("tags"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.RelatedFields("tags", [index.SearchField("name")]),
    ]

    objects = PageManager.from_queryset(ArticleQuerySet)()

    class Meta:
        verbose_name = _("文章")
        verbose_name_plural = _("文章")


class ColumnLinkQuerySet(PageQuerySet):
    def leading_somewhere(self):
        """Those whose page is live, or whose host is (still) on the list."""
        return self.filter(Q(target__live=True) | Q(leads_to_allowed_host("host")))


class ColumnLinkPage(BasePage):
    """A link among a column's articles: to a page of ours, or to an allowed host outside.

    `cms.link_forms` sees to it that there is exactly one of the two, and to `host`.
    """

    template = "pages/cms/column_link_page.html"
    is_in_sitemap = False
    parent_page_types = ["cms.ColumnPage"]
    subpage_types: list[str] = []

    address = models.CharField(
        _("网址"),
        blank=True,
        max_length=500,
        help_text=_("https:// 开头，域名要在“可用域名”里。链接到本站的页面请用下面的“本站页面”。"),
    )
    host = models.CharField(max_length=253, blank=True, editable=False)
    target = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("本站页面"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("封面"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("address"), FieldPanel("target")], heading=_("通往哪里")),
        FieldPanel("cover"),
    ]

    objects = PageManager.from_queryset(ColumnLinkQuerySet)()

    class Meta:
        verbose_name = _("链接")
        verbose_name_plural = _("链接")

    @property
    def destination(self) -> str:
        return (self.target.url or "") if self.target else self.address

    def serve(self, request, *args, **kwargs):
        """Its own address leads on, as long as the link is one that lists would show."""
        is_open = ColumnLinkPage.objects.leading_somewhere().filter(pk=self.pk).exists()
        if not (is_open and self.destination):
            raise Http404
        return redirect(self.destination)
