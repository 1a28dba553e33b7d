"""What a member keeps of questions: missed ones to review (错题本), favourites, notes, reports."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.question_types.markers import drop_markers


class ReviewCard(models.Model):
    """A missed question. `memory` is the scheduler's (FSRS) own state, as JSON."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_cards"
    )
    question = models.ForeignKey(
        "quizzes.Question", on_delete=models.CASCADE, related_name="review_cards"
    )
    memory = models.JSONField(default=dict)
    due_at = models.DateTimeField(_("该复习"))
    missed_at = models.DateTimeField(_("最近答错"))
    miss_count = models.PositiveIntegerField(_("答错次数"), default=1)
    # Separate local days with a right answer since the last miss.
    right_days = models.PositiveSmallIntegerField(_("答对天数"), default=0)
    last_right_on = models.DateField(_("最近答对"), null=True)
    reviewed_at = models.DateTimeField(_("最近复习"), null=True)
    retired_at = models.DateTimeField(_("已掌握"), null=True)

    class Meta:
        verbose_name = _("错题")
        verbose_name_plural = _("错题")
        constraints = [
            models.UniqueConstraint(fields=["member", "question"], name="review_card_once")
        ]
        indexes = [
            models.Index(
                fields=["member", "due_at"],
                condition=models.Q(retired_at__isnull=True),
                name="review_card_due",
            )
        ]

    def __str__(self):
        return f"{self.member_id}:{self.question_id}"


class Favourite(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourite_questions"
    )
    question = models.ForeignKey("quizzes.Question", on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("收藏的题")
        verbose_name_plural = _("收藏的题")
        constraints = [
            models.UniqueConstraint(fields=["member", "question"], name="favourite_once")
        ]

    def __str__(self):
        return f"{self.member_id}:{self.question_id}"


class QuestionNote(models.Model):
    """A member's own note; nobody else reads it."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="question_notes"
    )
    question = models.ForeignKey("quizzes.Question", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("笔记"), max_length=500)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("笔记")
        verbose_name_plural = _("笔记")
        constraints = [
            models.UniqueConstraint(fields=["member", "question"], name="question_note_once")
        ]

    def __str__(self):
        return f"{self.member_id}:{self.question_id}"


class ReportReason(models.TextChoices):
    KEY = "key", _("答案有误")
    WORDING = "wording", _("题目看不懂或有错字")
    OUTDATED = "outdated", _("规定已经变了")
    OTHER = "other", _("其他")


class QuestionReport(models.Model):
    """A member says that something is wrong with a question; the bank's owner replies."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="question_reports"
    )
    version = models.ForeignKey(
        "quizzes.QuestionVersion", on_delete=models.CASCADE, related_name="reports"
    )
    reason = models.CharField(_("哪里不对"), max_length=10, choices=ReportReason)
    text = models.TextField(_("说明"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("反映时间"))
    reply = models.TextField(_("回复"), max_length=500, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    replied_at = models.DateTimeField(_("回复时间"), null=True)

    class Meta:
        verbose_name = _("试题反馈")
        verbose_name_plural = _("试题反馈")
        constraints = [
            # One at a time: after the reply she may report again.
            models.UniqueConstraint(
                fields=["member", "version"],
                condition=models.Q(replied_at__isnull=True),
                name="question_report_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=models.Q(replied_at__isnull=True),
                name="question_report_open",
            )
        ]

    def __str__(self):
        return f"{self.get_reason_display()} · {drop_markers(self.version.stem)[:40]}"
