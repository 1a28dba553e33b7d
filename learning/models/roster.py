"""Who was due in a plan when it closed, and what she had reached: written once, by the freeze."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanRosterEntry(models.Model):
    """One row per member of a frozen plan. Later moves and corrections do not touch it."""

    plan = models.ForeignKey("learning.Plan", on_delete=models.CASCADE, related_name="roster")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plan_roster"
    )
    federation = models.ForeignKey(
        "federations.Federation", on_delete=models.PROTECT, related_name="+"
    )
    position = models.CharField(_("职务"), max_length=10)
    has_joined = models.BooleanField(_("参与"))
    has_completed = models.BooleanField(_("完成"))
    # Required items that were finished.
    done = models.PositiveSmallIntegerField(_("完成的必修"))
    # The mean of her best scores until the cut-off, in basis points.
    score_bp = models.PositiveIntegerField(_("成绩（万分）"), null=True)
    # Of what she had started or finished until the cut-off, the last; empty: she never began.
    active_at = models.DateTimeField(_("最近学习"), null=True)
    has_passed = models.BooleanField(_("及格"), default=False)
    is_excellent = models.BooleanField(_("优秀"), default=False)
    # Hundredths of a 学时 earned with the plan's pages; corrections may take back more.
    credit = models.IntegerField(_("学时（百分之一）"), default=0)
    # When she became a participant, finished the last of what is required, had passed everything.
    joined_at = models.DateTimeField(_("参与时间"), null=True)
    completed_at = models.DateTimeField(_("完成时间"), null=True)
    passed_at = models.DateTimeField(_("及格时间"), null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "member"], name="plan_roster_once")]
        indexes = [models.Index(fields=["plan", "federation"], name="plan_roster_team")]

    def __str__(self):
        return f"{self.plan_id}:{self.member_id}"
