"""The knowledge base (知识库): entries that can be looked up, with their source."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.fields import StreamField
from cms.models import BasePage


class KnowledgeCategory(models.Model):
    name = models.CharField(_("名称"), max_length=30, unique=True)
    slug = models.SlugField(_("网址名"), unique=True)
    sort_order = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("知识分类")
        verbose_name_plural = _("知识分类")

    def __str__(self):
        return self.name


class KnowledgeIndexPage(BasePage):
    template = "pages/knowledge_base/knowledge_index_page.html"
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["knowledge_base.KnowledgePage"]

    class Meta:
        verbose_name = _("知识库")


class KnowledgeTag(TaggedItemBase):
    content_object = ParentalKey(
        "knowledge_base.KnowledgePage", related_name="tagged_items", on_delete=models.CASCADE
    )


class KnowledgePage(BasePage):
    """A knowledge entry (知识条目)."""

    template = "pages/knowledge_base/knowledge_page.html"
    schema_type = "Article"
    parent_page_types = ["knowledge_base.KnowledgeIndexPage"]
    subpage_types: list[str] = []

    category = models.ForeignKey(
        "knowledge_base.KnowledgeCategory",
        verbose_name=_("分类"),
        on_delete=models.PROTECT,
        related_name="pages",
    )
    source = models.CharField(_("依据"), max_length=120, blank=True)
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)
    tags = ClusterTaggableManager(through=KnowledgeTag, blank=True, verbose_name=_("标签"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("category"),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("effective_on")], heading=_("依据")),
        FieldPanel("body"),
        FieldPanel("tags"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("知识条目")
        verbose_name_plural = _("知识条目")
