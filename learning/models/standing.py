"""Standings (完成情况): recomputed from Progress, never incremented."""

from django.db import models
from django.utils.translation import gettext_lazy as _


def count(label):
    return models.PositiveIntegerField(label, default=0)


class Standing(models.Model):
    """One row per plan and federation.

    own_*      this federation's own team, by counted appointment
    subtree_*  everything below, itself included
    *_passed     passed every required quiz (where none is required, every quiz) of the plan
    *_excellent  passed, with a mean best score of 90 or more
    *_credit     hundredths of a 学时 earned with the plan's pages (in a period: altogether)
    *_score_bp is the sum over the scored members of each one's mean best score, in basis points
               (10000 is a full score)
    """

    plan = models.ForeignKey(
        "learning.Plan",
        db_index=False,  # standing_once begins with it
        on_delete=models.CASCADE,
        related_name="standings",
    )
    federation = models.ForeignKey(
        "federations.Federation", on_delete=models.CASCADE, related_name="standings"
    )
    own_due = count(_("应参（本级）"))
    own_joined = count(_("参与（本级）"))
    own_completed = count(_("完成（本级）"))
    own_scored = count(_("有成绩（本级）"))
    own_score_bp = models.PositiveBigIntegerField(default=0)
    own_passed = count(_("及格（本级）"))
    own_excellent = count(_("优秀（本级）"))
    # Corrections may take back more than was earned in the period.
    own_credit = models.BigIntegerField(default=0)
    subtree_due = count(_("应参（全域）"))
    subtree_joined = count(_("参与（全域）"))
    subtree_completed = count(_("完成（全域）"))
    subtree_scored = count(_("有成绩（全域）"))
    subtree_score_bp = models.PositiveBigIntegerField(default=0)
    subtree_passed = count(_("及格（全域）"))
    subtree_excellent = count(_("优秀（全域）"))
    # Corrections may take back more than was earned in the period.
    subtree_credit = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("完成情况")
        verbose_name_plural = _("完成情况")
        constraints = [models.UniqueConstraint(fields=["plan", "federation"], name="standing_once")]

    def __str__(self):
        return f"{self.plan_id}:{self.federation_id}"


class StaleStanding(models.Model):
    """A mark that a cell must be recomputed, written in the event's own transaction.

    One row per event, without a unique constraint: a fold deletes exactly the rows that it saw,
    so a mark whose event is not yet committed can never be taken with an older one's.
    """

    plan = models.ForeignKey("learning.Plan", on_delete=models.CASCADE, related_name="+")
    # Marks are many and short-lived: nothing looks for them by their federation.
    federation = models.ForeignKey(
        "federations.Federation", on_delete=models.CASCADE, related_name="+", db_index=False
    )

    def __str__(self):
        return f"{self.plan_id}:{self.federation_id}"
