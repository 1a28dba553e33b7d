"""A plan (学习任务): pages that a federation asks its members to finish."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

# For transactions that are still under way at the cut-off; what happens after it does not count.
FREEZE_GRACE = timedelta(seconds=30)


class PlanQuerySet(models.QuerySet):
    def counting(self, now):
        """Plans that an event at `now` counts for, at the very cut-off too.

        Also those that open later: what was finished before counts when they do.
        """
        in_time = Q(cutoff_at__isnull=True) | Q(cutoff_at__gte=now)
        return self.filter(in_time, frozen_at__isnull=True)

    def running(self, now):
        """Plans that members work on now."""
        return self.counting(now).filter(opens_at__lte=now)

    def due_for_freezing(self, now):
        return self.filter(frozen_at__isnull=True, cutoff_at__lte=now - FREEZE_GRACE)


class Plan(ClusterableModel):
    """The audience is the owning federation's whole subtree.

    The default plan has no cut-off, so that there is always a board to look at.
    """

    title = models.CharField(_("名称"), max_length=60)
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("发布妇联"),
        on_delete=models.PROTECT,
        related_name="plans",
        help_text=_("这个妇联和它下面各级的执委都要完成。"),
    )
    opens_at = models.DateTimeField(_("开始时间"))
    cutoff_at = models.DateTimeField(
        _("截止时间"), null=True, blank=True, help_text=_("不填就一直开放；到时成绩冻结。")
    )
    frozen_at = models.DateTimeField(_("冻结时间"), null=True, editable=False)
    is_default = models.BooleanField(
        _("默认任务"), default=False, help_text=_("打开排行时先看到的任务。")
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-is_default", "-opens_at", "pk"]
        verbose_name = _("学习任务")
        verbose_name_plural = _("学习任务")
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
        ]

    def __str__(self):
        return self.title

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class PlanItem(Orderable):
    plan = ParentalKey(Plan, related_name="items", on_delete=models.CASCADE)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("课程或测验"),
        on_delete=models.PROTECT,
        related_name="plan_items",
    )
    is_required = models.BooleanField(_("必修"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("任务内容")
        verbose_name_plural = _("任务内容")
        constraints = [models.UniqueConstraint(fields=["plan", "page"], name="plan_item_once")]

    def __str__(self):
        return str(self.page_id)
