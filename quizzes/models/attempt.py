"""An attempt (答卷): one row, from start to result."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AttemptState(models.TextChoices):
    OPEN = "open", _("作答中")
    SUBMITTED = "submitted", _("已交卷")


class Attempt(models.Model):
    """Layout, answers and marks lie as JSON on the row; nothing is inserted per answer.

    layout:  [{"v": version id, "o": [option ids in display order]}, …]
    answers: {"q0": {"s": sequence, "r": [response]}, …}, keyed by the place in the layout.
             The letter keeps PostgreSQL and SQLite from reading the key as an array index.
    marks:   [[fraction as "n/d", state], …], one per question, once handed in
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts"
    )
    quiz = models.ForeignKey("quizzes.QuizPage", on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(_("第几次"))
    state = models.CharField(max_length=10, choices=AttemptState, default=AttemptState.OPEN)
    question_count = models.PositiveSmallIntegerField(_("题数"))
    layout = models.JSONField()
    answers = models.JSONField(default=dict)
    marks = models.JSONField(null=True)
    # Basis points: 10000 is a full score.
    score_bp = models.PositiveIntegerField(_("得分（万分）"), null=True, blank=True)
    has_passed = models.BooleanField(null=True)
    started_at = models.DateTimeField()
    # Fixed at the start; only the server's clock counts. Null: no limit at all.
    deadline = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    # Handed in by the deadline, not by the member.
    is_auto_submitted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("答卷")
        verbose_name_plural = _("答卷")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "quiz"], condition=Q(state="open"), name="attempt_open_once"
            ),
            models.UniqueConstraint(
                fields=["member", "quiz", "number"], name="attempt_number_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline"], condition=Q(state="open"), name="attempt_open_deadline"
            ),
            models.Index(fields=["member", "-started_at"], name="attempt_recent"),
        ]

    def __str__(self):
        return f"{self.member_id}:{self.quiz_id}:{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.OPEN
