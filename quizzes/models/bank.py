"""The question bank: a question keeps its versions, and a version never changes."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from quizzes.question_types.markers import drop_markers


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
    needs_review = models.BooleanField(
        _("试题要经三审"),
        default=False,
        help_text=_("勾选后，新题和改动要经初审、复审、终审才用到测验里。"),
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
    # A wording on its way through review; quizzes go on using the current one, if there is one.
    proposed = models.OneToOneField(
        "quizzes.QuestionVersion",
        verbose_name=_("送审版本"),
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
    # The lesson second or the paragraph of a knowledge page that explains the answer.
    explained_by = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("讲解在哪里"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("选一节微课或一篇知识条目。"),
    )
    explained_at = models.PositiveIntegerField(
        _("从第几秒/第几段"),
        null=True,
        blank=True,
        help_text=_("微课填第几秒，知识条目填第几段（从 1 数起）。"),
    )
    explained_article = models.CharField(
        _("第几条"),
        max_length=20,
        blank=True,
        help_text=_("法律法规填条号，如 23 或“第二十三条”，就不用填第几段。"),
    )
    # Recomputed from attempts by a nightly task, for finding questions; per cent of the points.
    asked_count = models.PositiveIntegerField(_("被答次数"), default=0, editable=False)
    facility = models.PositiveSmallIntegerField(_("得分率"), null=True, editable=False)
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
        version = self.current or self.proposed
        return drop_markers(version.stem) if version else f"#{self.pk}"


class ReviewStage(models.IntegerChoices):
    NONE = 0, _("不在审核中")
    FIRST = 1, _("待初审")
    SECOND = 2, _("待复审")
    FINAL = 3, _("待终审")


STEP_LABELS = {
    ReviewStage.NONE: "",
    ReviewStage.FIRST: _("初审"),
    ReviewStage.SECOND: _("复审"),
    ReviewStage.FINAL: _("终审"),
}


class QuestionVersion(models.Model):
    """One immutable wording. Attempts point here, so an edit never changes what was asked."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("版本"))
    # A key of the registry; not a choice of the column, or every new type would be a migration.
    type = models.CharField(_("题型"), max_length=20)
    stem = models.TextField(_("题干"))
    data = models.JSONField(_("题型内容"))
    explanation = models.TextField(_("解析"), blank=True)
    stage = models.PositiveSmallIntegerField(
        _("审核"), choices=ReviewStage, default=ReviewStage.NONE
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("试题版本")
        verbose_name_plural = _("试题版本")
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_version_once")
        ]

    def __str__(self):
        return self.stem


class ReviewDecision(models.Model):
    """Append-only: what a reviewer said to a version at one of the three stages."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="decisions")
    stage = models.PositiveSmallIntegerField(_("审次"), choices=ReviewStage)
    is_approved = models.BooleanField(_("通过"))
    comment = models.CharField(_("意见"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at", "pk"]
        verbose_name = _("审核意见")
        verbose_name_plural = _("审核意见")

    def __str__(self):
        return f"{self.version_id}:{self.stage}"

    @property
    def step_label(self):
        """初审, 复审, 终审: the stage that was waited for is over."""
        return STEP_LABELS[self.stage]
