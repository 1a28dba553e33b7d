"""The ledger of points (积分) and credit hours (学时): append-only; each entry names its rule."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class BehaviourName(models.TextChoices):
    """What learning.rules.points.BEHAVIOURS tells apart, as people say it."""

    LESSON_MICRO = "lesson_micro", _("学完微课（15 分钟以内）")
    LESSON_MEDIUM = "lesson_medium", _("学完一课（15 到 30 分钟）")
    LESSON_LONG = "lesson_long", _("学完一课（30 分钟以上）")
    QUIZ_HANDED_IN = "quiz_handed_in", _("测验交卷")
    QUIZ_PASSED = "quiz_passed", _("测验及格")
    COURSE_FINISHED = "course_finished", _("学完整门课程")


class PointRule(models.Model):
    """A version of what a behaviour earns, until the next version of it starts.

    One that has begun is a record: learning.domain.ledger.rules writes and removes only those that
    have not.
    """

    behaviour = models.CharField(_("行为"), max_length=20, choices=BehaviourName)
    points = models.PositiveSmallIntegerField(_("积分"))
    # Hundredths of a 学时.
    credit = models.PositiveSmallIntegerField(_("学时（百分之一）"), default=0)
    daily_cap = models.PositiveSmallIntegerField(
        _("每日上限（分）"),
        null=True,
        blank=True,
        help_text=_("每人每天这一项最多得多少分，不填就不设上限。学时不受上限影响。"),
    )
    starts_on = models.DateField(_("生效日期"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    # None: came with the platform.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("制定人"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(_("制定时间"), auto_now_add=True)

    class Meta:
        ordering = ["behaviour", "-starts_on"]
        verbose_name = _("积分规则")
        verbose_name_plural = _("积分规则")
        constraints = [
            models.UniqueConstraint(
                fields=["behaviour", "starts_on"],
                name="point_rule_once",
                violation_error_message=_("这一项在这一天已经有一条规则，请换一个生效日期。"),
            ),
            models.CheckConstraint(
                condition=Q(daily_cap__isnull=True) | Q(daily_cap__gte=F("points")),
                name="point_rule_cap_holds_one",
                violation_error_message=_("每日上限不能比一次的积分还少。"),
            ),
        ]

    def __str__(self):
        return f"{self.get_behaviour_display()} · {self.starts_on:%Y-%m-%d}"


class EntryKind(models.TextChoices):
    EARNED = "earned", _("获得")
    CORRECTION = "correction", _("更正")


class Unchangeable(Exception):
    """What stands in the ledger stays; a correction is an entry of its own."""


class LedgerQuerySet(models.QuerySet):
    def update(self, **values):
        raise Unchangeable

    def delete(self):
        raise Unchangeable

    def bulk_update(self, *args, **kwargs):
        raise Unchangeable


class LedgerEntry(models.Model):
    """What a member earned by one act with one page, or a correction of it.

    `key` names the act and the page. `number` counts the entries of a key: 0 is the first, which
    is earned; all later ones are corrections. Which behaviour it was, the rule says.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        db_index=False,  # ledger_member begins with it
        on_delete=models.CASCADE,
        related_name="ledger",
    )
    # Its index is ledger_page.
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rule = models.ForeignKey(
        PointRule, verbose_name=_("规则"), on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=EntryKind)
    points = models.SmallIntegerField(_("积分"))
    # Hundredths of a 学时.
    credit = models.SmallIntegerField(_("学时（百分之一）"))
    # When it happened, and the local day on which it therefore counts.
    occurred_at = models.DateTimeField(_("发生"))
    day = models.DateField(_("日期"))
    written_at = models.DateTimeField(_("记入"))
    # Why it was corrected, for the member.
    reason = models.CharField(_("原因"), max_length=100, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("积分记录")
        verbose_name_plural = _("积分记录")
        constraints = [
            # Whoever writes an entry a second time gives it the same number.
            models.UniqueConstraint(fields=["member", "key", "number"], name="ledger_entry_once"),
            models.CheckConstraint(
                condition=Q(kind="earned", number=0, points__gte=0, credit__gte=0, reason="")
                | (Q(kind="correction", number__gt=0) & ~Q(reason="")),
                name="ledger_entry_kind",
            ),
            models.CheckConstraint(
                condition=~Q(points=0, credit=0), name="ledger_entry_says_something"
            ),
        ]
        indexes = [
            # Sums of a member come out of the index alone: of a year, of a plan's pages.
            models.Index(
                fields=["member", "day", "id"],
                include=["points", "credit", "page", "occurred_at"],
                name="ledger_member",
            ),
            # What a plan's pages earned, of everybody.
            models.Index(
                fields=["page", "member"],
                include=["credit", "occurred_at"],
                name="ledger_page",
            ),
            # Who learned on a day.
            models.Index(fields=["day", "member"], name="ledger_day"),
        ]

    def __str__(self):
        return f"{self.member_id}:{self.key}:{self.number}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Unchangeable
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unchangeable
