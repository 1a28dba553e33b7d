"""Themed columns (主题栏目) and the articles in them (资讯)."""

from django.db import models
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


class ColumnIndexPage(BasePage):
    template = "pages/cms/column_index_page.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ColumnPage"]

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


class ColumnPage(BasePage):
    """A themed column (主题栏目): the editor makes the next one herself, no code is needed."""

    template = "pages/cms/column_page.html"
    schema_type = "CollectionPage"
    parent_page_types = ["cms.ColumnIndexPage"]
    subpage_types = ["cms.ArticlePage"]

    icon = models.CharField(_("图标"), max_length=10, choices=ColumnIcon, default=ColumnIcon.FLAG)
    colour = models.CharField(_("颜色"), max_length=10, choices=Colour, default=Colour.ROSE)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("icon"), FieldPanel("colour")], heading=_("外观")),
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
