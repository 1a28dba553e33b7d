"""A plan (学习任务): pages that a federation asks its members to finish."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from federations.models import Level, Position
from learning.models.choices import ChoiceSetField

# For transactions that are still under way at the cut-off; what happens after it does not count.
FREEZE_GRACE = timedelta(seconds=30)


class PlanQuerySet(models.QuerySet):
    def counting(self, now):
        """Plans that an event at `now` counts for, at the very cut-off too.

        Also those that open later: what was finished before counts when they do. And paused ones:
        a pause stops asking, not counting.
        """
        in_time = Q(cutoff_at__isnull=True) | Q(cutoff_at__gte=now)
        return self.filter(in_time, frozen_at__isnull=True)

    def running(self, now):
        """Plans that members work on now."""
        return self.counting(now).filter(opens_at__lte=now)

    def asking(self, now):
        """Running plans that are not paused: they stand on to-do lists and may remind."""
        return self.running(now).filter(paused_at__isnull=True)

    def due_for_freezing(self, now):
        return self.filter(frozen_at__isnull=True, cutoff_at__lte=now - FREEZE_GRACE)


class Reach(models.TextChoices):
    SUBTREE = "subtree", _("本级和下面各级")
    OWN = "own", _("只有本级队伍")


class PlanKind(models.TextChoices):
    """What is ranked. Only a task asks anything of anybody; the other two are kept by the clock."""

    TASK = "task", _("学习任务")
    QUIZ = "quiz", _("测验")
    PERIOD = "period", _("时段")


class Span(models.TextChoices):
    """How long a period is."""

    WEEK = "week", _("周")
    MONTH = "month", _("月")
    QUARTER = "quarter", _("季")
    YEAR = "year", _("年")


class TaskManager(models.Manager.from_queryset(PlanQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(kind=PlanKind.TASK)


class Plan(ClusterableModel):
    """What has standings: a task that a federation set, a quiz, or a period of time.

    `objects` are the tasks, `boards` all three. Who is due: learning.audience. No row is written
    for a member before the cut-off. The default plan has no cut-off, so that there is always a
    board to look at.

    quiz    one item, the whole province; learning.domain.boards opens it with the first hand-in
    period  no items: whatever was learned from `opens_at` until `cutoff_at` counts
    """

    kind = models.CharField(max_length=6, choices=PlanKind, default=PlanKind.TASK, editable=False)
    # What the clock made it for, e.g. "quiz-17", "month-2026-11"; empty for a task.
    key = models.CharField(max_length=20, blank=True, editable=False)
    span = models.CharField(max_length=7, choices=Span, blank=True, editable=False)
    # What its figures are compared with: the period before, the task that it was copied from.
    previous = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    # Of a period: so many hundredths of a 学时 make a member complete.
    credit_target = models.PositiveIntegerField(null=True, editable=False)
    title = models.CharField(_("名称"), max_length=60)
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("发布妇联"),
        on_delete=models.PROTECT,
        related_name="plans",
    )
    reach = models.CharField(_("范围"), max_length=8, choices=Reach, default=Reach.SUBTREE)
    levels = ChoiceSetField(
        _("层级"), max_length=20, options=Level, help_text=_("只要这些层级的队伍；不选就是都要。")
    )
    positions = ChoiceSetField(
        _("职务"), max_length=40, options=Position, help_text=_("按计入单位的职务；不选就是都要。")
    )
    opens_at = models.DateTimeField(_("开始时间"))
    cutoff_at = models.DateTimeField(
        _("截止时间"), null=True, blank=True, help_text=_("不填就一直开放；到时名单和成绩冻结。")
    )
    target_rate = models.PositiveSmallIntegerField(
        _("目标完成率（%）"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("不填就不设目标。"),
    )
    reminds_before = models.PositiveSmallIntegerField(
        _("截止前几天自动提醒"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("提醒还没完成的人一次；不填就不自动提醒。每人七天内最多收到一次提醒。"),
    )
    # The cut-off that the automatic reminder went out for: a later one is reminded of anew.
    reminded_for = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(_("暂停时间"), null=True, editable=False)
    frozen_at = models.DateTimeField(_("冻结时间"), null=True, editable=False)
    is_default = models.BooleanField(
        _("默认任务"), default=False, help_text=_("打开排行时先看到的任务。")
    )
    # Goes up with every change by a person: a form that was opened before does not overwrite it.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskManager()
    boards = PlanQuerySet.as_manager()

    class Meta:
        # What refers to a plan finds it, whatever its kind.
        base_manager_name = "boards"
        ordering = ["-is_default", "-opens_at", "pk"]
        verbose_name = _("学习任务")
        verbose_name_plural = _("学习任务")
        indexes = [
            # Every event asks for the periods that run.
            models.Index(fields=["kind"], condition=Q(frozen_at=None), name="plan_open")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="plan_default_once",
                violation_error_message=_("已经有一个默认任务，请先取消它的默认。"),
            ),
            models.CheckConstraint(
                condition=Q(cutoff_at__isnull=True) | Q(cutoff_at__gt=models.F("opens_at")),
                name="plan_window_in_order",
                violation_error_message=_("截止时间要晚于开始时间。"),
            ),
            models.CheckConstraint(
                condition=Q(kind=PlanKind.TASK, key="") | ~(Q(kind=PlanKind.TASK) | Q(key="")),
                name="plan_kind_has_key",
            ),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="plan_key_once"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    def has_closed(self, now) -> bool:
        return self.cutoff_at is not None and self.cutoff_at < now


class PlanItem(Orderable):
    plan = ParentalKey(Plan, related_name="items", on_delete=models.CASCADE)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("课程、微课或测验"),
        on_delete=models.PROTECT,
        related_name="plan_items",
    )
    is_required = models.BooleanField(_("必修"), default=True, help_text=_("不勾就是选修。"))

    class Meta(Orderable.Meta):
        verbose_name = _("任务内容")
        verbose_name_plural = _("任务内容")
        constraints = [models.UniqueConstraint(fields=["plan", "page"], name="plan_item_once")]

    def __str__(self):
        return str(self.page_id)


class PlanEventKind(models.TextChoices):
    CREATED = "created", _("新建")
    COPIED = "copied", _("复制新建")
    EDITED = "edited", _("修改")
    EXTENDED = "extended", _("延期")
    SHORTENED = "shortened", _("提前截止")
    PAUSED = "paused", _("暂停")
    RESUMED = "resumed", _("恢复")
    REMINDED = "reminded", _("提醒")
    FROZEN = "frozen", _("截止冻结")
    DELETED = "deleted", _("删除")


class PlanEvent(models.Model):
    """What was done to a plan. Rows are only ever added; they outlive their plan.

    `changes`: [[label, before, after], …], as people read them; `by` is empty for the clock.
    """

    plan = models.ForeignKey(Plan, null=True, on_delete=models.SET_NULL, related_name="events")
    title = models.CharField(max_length=60)
    kind = models.CharField(_("做了什么"), max_length=10, choices=PlanEventKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("谁"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("时间"))
    changes = models.JSONField(default=list)
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("任务记录")

    def __str__(self):
        return f"{self.title} {self.get_kind_display()}"
