"""How far a member has come with a page (学习记录)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Progress(models.Model):
    """One row per member and page. Only a void or a correction takes back."""

    # The pairs below are indexes of both: one of each alone would be a seventh of the table more.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        db_index=False,
        on_delete=models.CASCADE,
        related_name="progress",
    )
    page = models.ForeignKey(
        "wagtailcore.Page", db_index=False, on_delete=models.PROTECT, related_name="progress"
    )
    started_at = models.DateTimeField(_("开始"))
    completed_at = models.DateTimeField(_("学完"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("首次交卷"), null=True, blank=True)
    passed_at = models.DateTimeField(_("及格"), null=True, blank=True)
    # The lesson's length when she finished it: a later edit does not change what she has earned.
    seconds = models.PositiveIntegerField(_("时长（秒）"), null=True, blank=True)
    # Basis points: 10000 is a full score. Integers add up alike on every database.
    best_score_bp = models.PositiveIntegerField(_("最好成绩（万分）"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新"))

    class Meta:
        verbose_name = _("学习记录")
        verbose_name_plural = _("学习记录")
        constraints = [models.UniqueConstraint(fields=["member", "page"], name="progress_once")]
        indexes = [models.Index(fields=["page", "member"], name="progress_page")]

    def __str__(self):
        return f"{self.member_id}:{self.page_id}"


class ScoreStep(models.Model):
    """From `reached_at` on this score counted. What counts at a cut-off is the last one until then.

    Written by learning.domain.progress alone: a hand-in adds one, a correction writes them anew.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        db_index=False,  # score_step begins with it
        on_delete=models.CASCADE,
        related_name="score_steps",
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="score_steps"
    )
    # Basis points: 10000 is a full score.
    score_bp = models.PositiveIntegerField(_("成绩（万分）"))
    reached_at = models.DateTimeField(_("取得"))

    class Meta:
        indexes = [models.Index(fields=["member", "page", "reached_at"], name="score_step")]

    def __str__(self):
        return f"{self.member_id}:{self.page_id}"
