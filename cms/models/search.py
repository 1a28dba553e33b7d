"""What readers looked for and did not find."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY = 80


class SearchMiss(models.Model):
    """A query without results, as cms.domain.search_misses has normalised it. Nobody's: no member
    stands here, and no query that may hold a phone or id number."""

    text = models.CharField(_("找了什么"), max_length=LONGEST_QUERY, unique=True)
    count = models.PositiveIntegerField(_("次数"), default=1)
    last_at = models.DateTimeField(_("最近一次"), db_index=True)
    is_done = models.BooleanField(
        _("处理好了"), default=False, help_text=_("内容已经补上，或者不用补。")
    )

    class Meta:
        ordering = ["is_done", "-count", "-last_at"]
        verbose_name = _("没搜到的词")
        verbose_name_plural = _("没搜到的词")

    def __str__(self):
        return self.text
