"""The question bank: a question keeps its versions, and a version never changes."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager


class QuestionBank(models.Model):
    name = models.CharField(_("名称"), max_length=60, unique=True)
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("所属妇联"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="question_banks",
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("题库")
        verbose_name_plural = _("题库")

    def __str__(self):
        return self.name


class Question(models.Model):
    """A question's identity: where it is filed. Its wording is in its versions."""

    bank = models.ForeignKey(
        QuestionBank, verbose_name=_("题库"), on_delete=models.PROTECT, related_name="questions"
    )
    current = models.OneToOneField(
        "quizzes.QuestionVersion",
        verbose_name=_("现行版本"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Stem and options after folding: the same question is not filed twice in one bank.
    fingerprint = models.CharField(max_length=64, editable=False)
    difficulty = models.PositiveSmallIntegerField(
        _("难度"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("1 最易，5 最难。"),
    )
    knowledge_point = models.CharField(_("知识点"), max_length=60, blank=True)
    source = models.CharField(_("来源"), max_length=120, blank=True)
    is_retired = models.BooleanField(_("停用"), default=False)
    tags = TaggableManager(blank=True, verbose_name=_("标签"))

    class Meta:
        verbose_name = _("试题")
        verbose_name_plural = _("试题")
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "fingerprint"],
                name="question_once_per_bank",
                violation_error_message=_("这个题库里已经有同样的题。"),
            )
        ]

    def __str__(self):
        return self.current.stem if self.current else f"#{self.pk}"


class QuestionVersion(models.Model):
    """One immutable wording. Attempts point here, so an edit never changes what was asked."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("版本"))
    # A key of the registry; not a choice of the column, or every new type would be a migration.
    type = models.CharField(_("题型"), max_length=20)
    stem = models.TextField(_("题干"))
    data = models.JSONField(_("题型内容"))
    explanation = models.TextField(_("解析"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("试题版本")
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_version_once")
        ]

    def __str__(self):
        return self.stem
