"""敏感词: the list that texts are held against when they are submitted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WordKind(models.TextChoices):
    POLITICS = "politics", _("政治表述")
    LAW = "law", _("法律用语")
    RESPECT = "respect", _("歧视或不尊重")
    PRIVACY = "privacy", _("隐私")
    ADVERTISING = "advertising", _("广告用语")
    OTHER = "other", _("其他")


class Severity(models.TextChoices):
    HINT = "hint", _("提示")
    CHECK = "check", _("需核对")


class SensitiveWord(models.Model):
    word = models.CharField(_("词"), max_length=60)
    # What the word looks like to the matcher; two spellings of one word are one.
    folded = models.CharField(max_length=240, unique=True, editable=False)
    kind = models.CharField(_("类别"), max_length=12, choices=WordKind, default=WordKind.OTHER)
    advice = models.CharField(
        _("为什么、建议怎么写"), max_length=200, blank=True, help_text=_("编辑送审时看到这句话。")
    )
    severity = models.CharField(
        _("程度"),
        max_length=6,
        choices=Severity,
        default=Severity.CHECK,
        help_text=_("“需核对”的词要写明保留的理由，“提示”的可以不写。"),
    )
    is_on = models.BooleanField(_("启用"), default=True)
    changed_at = models.DateTimeField(_("改动时间"), auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("敏感词")
        verbose_name_plural = _("敏感词")
        ordering = ["word"]

    def __str__(self):
        return self.word
