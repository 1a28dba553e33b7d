from django.db import models
from django.utils.translation import gettext_lazy as _


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
