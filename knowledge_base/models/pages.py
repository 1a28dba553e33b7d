"""The knowledge base (知识库): entries that can be looked up, with their sources."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.fields import StreamField
from cms.models import BasePage


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


class KnowledgeQuerySet(PageQuerySet):
    def in_reading_order(self):
        """As the editors laid them out, what is no longer in force last; without the long texts."""
        return self.defer("body").order_by("is_expired", "path")


class KnowledgePage(BasePage):
    """A knowledge entry (知识条目)."""

    template = "pages/knowledge_base/knowledge_page.html"
    schema_type = "Article"
    parent_page_types = ["knowledge_base.KnowledgeIndexPage"]
    subpage_types: list[str] = []
    word_fields = ("category",)

    category = models.ForeignKey(
        "knowledge_base.KnowledgeCategory",
        verbose_name=_("分类"),
        on_delete=models.PROTECT,
        related_name="pages",
    )
    life_stages = ParentalManyToManyField(
        "cms.LifeStage",
        verbose_name=_("成长阶段"),
        blank=True,
        related_name="knowledge_pages",
        help_text=_("读者可以按阶段找。"),
    )
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    is_expired = models.BooleanField(
        _("已失效"), default=False, help_text=_("页面会标明，列表里排在最后。")
    )
    expired_on = models.DateField(_("失效日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("现行的条目"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("读者从失效的条目一步到现行的条目。"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)
    tags = ClusterTaggableManager(through=KnowledgeTag, blank=True, verbose_name=_("标签"))

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("category"),
                FieldPanel("life_stages", widget=forms.CheckboxSelectMultiple),
                FieldPanel("tags"),
            ],
            heading=_("归类"),
        ),
        FieldPanel("body"),
        FieldPanel("effective_on"),
        InlinePanel("sources", heading=_("依据"), label=_("依据")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("is_expired"), FieldPanel("expired_on")]),
                PageChooserPanel("successor"),
            ],
            heading=_("效力"),
        ),
        InlinePanel(
            "related_pages",
            heading=_("相关页面"),
            label=_("相关页面"),
            max_num=6,
            help_text=_("先显示这里选的；不够的，按标签和分类自动补上。"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.RelatedFields("sources", [index.SearchField("name")]),
        index.RelatedFields("tags", [index.SearchField("name")]),
    ]

    objects = PageManager.from_queryset(KnowledgeQuerySet)()

    class Meta:
        verbose_name = _("知识条目")
        verbose_name_plural = _("知识条目")

    def clean(self):
        super().clean()
        errors = {}
        if self.successor_id and self.successor_id == self.pk:
            errors["successor"] = _("现行的条目不能是它自己，请选另一个页面。")
        if self.successor_id and not self.is_expired:
            errors["is_expired"] = _("选了现行的条目，请同时勾选“已失效”。")
        if self.expired_on and not self.is_expired:
            errors["expired_on"] = _("填了失效日期，请同时勾选“已失效”，或者清空日期。")
        if errors:
            raise ValidationError(errors)
