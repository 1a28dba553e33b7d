"""What an editor lists on an entry: where it is from, and what to read next."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable


class SourceState(models.TextChoices):
    IN_FORCE = "in_force", _("现行有效")
    REVISED = "revised", _("已修订")
    EXPIRED = "expired", _("已失效")


class KnowledgeSource(Orderable):
    """A source (依据): a document, or a step in the history of a law."""

    page = ParentalKey(
        "knowledge_base.KnowledgePage", related_name="sources", on_delete=models.CASCADE
    )
    name = models.CharField(_("名称"), max_length=300)
    document_number = models.CharField(
        _("文号"), max_length=80, blank=True, help_text=_("如“法释〔2025〕1号”。")
    )
    address = models.URLField(_("网址"), max_length=500, blank=True)
    issued_on = models.DateField(_("公布日期"), null=True, blank=True)
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    state = models.CharField(
        _("效力"), max_length=10, choices=SourceState, default=SourceState.IN_FORCE
    )
    state_on = models.DateField(_("修订或失效日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("现行的内容在"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("document_number"), FieldPanel("address")]),
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on")]),
        FieldRowPanel([FieldPanel("state"), FieldPanel("state_on")]),
        PageChooserPanel("successor"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("依据")
        verbose_name_plural = _("依据")

    def __str__(self):
        return self.name

    @property
    def is_in_force(self) -> bool:
        return self.state == SourceState.IN_FORCE

    def clean(self):
        super().clean()
        if self.is_in_force and self.state_on:
            raise ValidationError(
                {"state_on": _("现行有效的依据没有修订或失效日期。请改“效力”，或清空日期。")}
            )


class RelatedPage(Orderable):
    """A page that the editor puts beside an entry."""

    page = ParentalKey(
        "knowledge_base.KnowledgePage", related_name="related_pages", on_delete=models.CASCADE
    )
    target = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("页面"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("target")]

    class Meta(Orderable.Meta):
        verbose_name = _("相关页面")
        verbose_name_plural = _("相关页面")

    def __str__(self):
        return str(self.target_id)
