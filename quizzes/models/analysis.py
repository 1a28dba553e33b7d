"""What is computed about a quiz, and corrections of what was graded."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class QuizStatistics(models.Model):
    """The last computation, whole; `figures` is the JSON of quizzes.statistics."""

    quiz = models.OneToOneField(
        "quizzes.QuizPage", on_delete=models.CASCADE, related_name="statistics"
    )
    attempt_count = models.PositiveIntegerField()
    figures = models.JSONField()
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("测验统计")
        verbose_name_plural = _("测验统计")

    def __str__(self):
        return str(self.quiz_id)


class CorrectionState(models.TextChoices):
    DRAFT = "draft", _("待试算")
    PREVIEWED = "previewed", _("已试算")
    APPLYING = "applying", _("正在更正")
    APPLIED = "applied", _("已更正")


class Correction(models.Model):
    """A key that was wrong, or a question that is struck, for every attempt that was asked it.

    Versions stay as they are: grading looks here for what stands in for their data. An attempt that
    is handed in later is graded by the latest applied correction too.
    """

    version = models.ForeignKey(
        "quizzes.QuestionVersion", on_delete=models.PROTECT, related_name="corrections"
    )
    # True: everybody who was asked gets the full points.
    is_void = models.BooleanField(_("作废这道题"), default=False)
    # The type's JSON with the right key; null when the question is struck.
    data = models.JSONField(null=True)
    keeps_higher = models.BooleanField(
        _("只升不降"), default=True, help_text=_("更正后分数变低的，保留原来的分数。")
    )
    reason = models.CharField(_("原因"), max_length=300)
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.DRAFT)
    # {"attempts": n, "gain": n, "lose": n, "now_pass": n, "now_fail": n, …}
    summary = models.JSONField(default=dict)
    # The last attempt that was worked through, so that a stopped job goes on from there.
    cursor = models.BigIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_void=True) | models.Q(data__isnull=False),
                name="correction_says_what",
            )
        ]
        indexes = [
            models.Index(
                fields=["version", "applied_at"],
                condition=models.Q(applied_at__isnull=False),
                name="correction_in_force",
            )
        ]

    def __str__(self):
        return f"{self.version_id}:{self.state}"


class CorrectionEffect(models.Model):
    """What a correction does, or did, to one attempt; only attempts that change have one."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="effects")
    attempt = models.ForeignKey("quizzes.Attempt", on_delete=models.CASCADE, related_name="+")
    before_bp = models.PositiveIntegerField()
    after_bp = models.PositiveIntegerField()
    passed_before = models.BooleanField()
    passed_after = models.BooleanField()

    class Meta:
        verbose_name = _("更正影响")
        verbose_name_plural = _("更正影响")
        constraints = [
            models.UniqueConstraint(fields=["correction", "attempt"], name="correction_effect_once")
        ]

    def __str__(self):
        return f"{self.correction_id}:{self.attempt_id}"
