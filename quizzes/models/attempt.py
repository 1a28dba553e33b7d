"""An attempt (答卷): one row, from start to result, and the log of what was done to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AttemptState(models.TextChoices):
    OPEN = "open", _("作答中")
    SUBMITTED = "submitted", _("已交卷")
    VOIDED = "voided", _("已作废")


class Attempt(models.Model):
    """Layout, answers and marks lie as JSON on the row; nothing is inserted per answer.

    layout:  [{"v": version id, "o": [option ids in display order], "p": points}, …];
             "p" is left out where it is 1
    answers: {"q0": {"s": sequence, "r": [response], "c": 1}, …}, keyed by the place in the layout.
             The letter keeps PostgreSQL and SQLite from reading the key as an array index.
             "c" is there when the answer was judged at once and can no longer change;
             "x" when what was typed has been erased with the member: the mark stays as it is.
    marks:   [[fraction as "n/d", state], …], one per question, once handed in
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts"
    )
    quiz = models.ForeignKey("quizzes.QuizPage", on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(_("第几次"))
    # The quiz's mode and pass mark when it was started: a later edit does not change them.
    mode = models.CharField(_("方式"), max_length=10, default="exam")
    pass_mark = models.PositiveSmallIntegerField(_("及格线（百分）"), default=60)
    # The draw can be repeated from it.
    seed = models.BigIntegerField(_("随机种子"), default=0)
    # The local day of a daily attempt.
    day = models.DateField(_("日期"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=AttemptState, default=AttemptState.OPEN)
    question_count = models.PositiveSmallIntegerField(_("题数"))
    layout = models.JSONField()
    answers = models.JSONField(default=dict)
    marks = models.JSONField(null=True)
    # Basis points: 10000 is a full score. Null until handed in, and until a person has marked.
    score_bp = models.PositiveIntegerField(_("得分（万分）"), null=True, blank=True)
    has_passed = models.BooleanField(null=True)
    # Handed in, and an answer still waits for a person's mark.
    needs_marking = models.BooleanField(_("待阅卷"), default=False)
    started_at = models.DateTimeField()
    # Fixed at the start; only the server's clock counts. Null: no limit at all.
    deadline = models.DateTimeField(null=True)
    # The deadline plus the grace for slow networks: answers are taken until then.
    accepts_until = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    # Handed in by the deadline, not by the member.
    is_auto_submitted = models.BooleanField(default=False)
    # Its misses are in the member's 错题本.
    has_cards = models.BooleanField(default=False)

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
            models.UniqueConstraint(
                fields=["member", "quiz", "day"],
                condition=Q(day__isnull=False) & ~Q(state="voided"),
                name="attempt_day_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["accepts_until"], condition=Q(state="open"), name="attempt_open_deadline"
            ),
            models.Index(fields=["member", "-started_at"], name="attempt_recent"),
            # A quiz's results are summed up from this index alone.
            models.Index(
                fields=["quiz", "state", "member", "score_bp", "has_passed"],
                name="attempt_results",
            ),
            models.Index(fields=["quiz"], condition=Q(needs_marking=True), name="attempt_to_mark"),
            models.Index(
                fields=["member"],
                condition=Q(state="submitted", has_cards=False),
                name="attempt_without_cards",
            ),
        ]

    def __str__(self):
        return f"{self.member_id}:{self.quiz_id}:{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.OPEN

    @property
    def is_submitted(self) -> bool:
        return self.state == AttemptState.SUBMITTED


class AttemptEventKind(models.TextChoices):
    STARTED = "started", _("开始")
    SUBMITTED = "submitted", _("交卷")
    AUTO_SUBMITTED = "auto", _("到时自动交卷")
    REOPENED = "reopened", _("重新开放")
    VOIDED = "voided", _("作废")
    MARKED = "marked", _("阅卷")
    CORRECTED = "corrected", _("更正重判")


class AttemptEvent(models.Model):
    """Append-only: what happened to an attempt after it was started, and who did it."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("事件"), max_length=10, choices=AttemptEventKind)
    at = models.DateTimeField(_("时间"))
    # Null: the member herself, or the clock.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    # E.g. {"score_bp": [before, after], "has_passed": [before, after]}
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("答卷记录")
        verbose_name_plural = _("答卷记录")

    def __str__(self):
        return f"{self.attempt_id}:{self.kind}"


class ManualMark(models.Model):
    """One marker's mark for one answer that a person judges. `part` is 0 except inside a case."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="manual_marks")
    place = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="manual_marks"
    )
    # Per cent of the answer's points, 0 to 100.
    percent = models.PositiveSmallIntegerField(_("得分（百分）"))
    # Points per rubric line, in its order, as the marker gave them; [] without a rubric.
    rubric = models.JSONField(default=list)
    comment = models.CharField(_("评语"), max_length=500, blank=True)
    # Settles two marks that lie too far apart.
    is_final = models.BooleanField(_("定分"), default=False)
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("阅卷记录")
        verbose_name_plural = _("阅卷记录")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "place", "part", "marker"], name="manual_mark_once"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="manual_mark_at_most_full"),
        ]

    def __str__(self):
        return f"{self.attempt_id}:{self.place}.{self.part}"
