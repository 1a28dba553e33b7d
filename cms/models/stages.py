"""Stages of life (成长阶段): what a page is about, in the words of those who look for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LifeStage(models.Model):
    name = models.CharField(_("名称"), max_length=20, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("顺序"), default=100, help_text=_("小的在前。"))

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("成长阶段")
        verbose_name_plural = _("成长阶段")

    def __str__(self):
        return self.name
