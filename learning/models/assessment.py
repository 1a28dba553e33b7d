"""Assessments (考核): a federation's scheme, its periods, and what every unit came to in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from federations.models import Level
from learning.models.ledger import Unchangeable
from learning.models.plan import Span
from learning.rules.assessment import Indicator, read_indicators

SPANS = [choice for choice in Span.choices if choice[0] != Span.WEEK]


class AssessmentScheme(models.Model):
    """Who assesses which level, how often, by which indicators.

    `indicators`: [{"measure", "weight", "target"}, …], learning.rules.assessment.Indicator. They
    hold for the period that runs and for later ones; every period keeps its own.
    """

    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("制定妇联"),
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    title = models.CharField(_("名称"), max_length=40)
    span = models.CharField(_("周期"), max_length=7, choices=SPANS)
    level = models.PositiveSmallIntegerField(_("考核层级"), choices=Level)
    indicators = models.JSONField(_("指标"))
    # Whether the units that are assessed see each other's names and points.
    is_published = models.BooleanField(_("公布排名"), default=False)
    is_running = models.BooleanField(_("启用"), default=True)
    # Goes up with every change: a form that was opened before does not overwrite it.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-is_running", "-pk"]
        verbose_name = _("考核方案")
        verbose_name_plural = _("考核方案")

    def __str__(self):
        return self.title

    @property
    def parts(self) -> tuple[Indicator, ...]:
        return read_indicators(self.indicators)


class AssessmentPeriod(models.Model):
    """A month, quarter or year of a scheme, by its own copy of the indicators.

    `key` is that of the period's board, e.g. "month-2026-11". `due` of the results, and whatever
    comes of the board, is as the board had it at `computed_at`.
    """

    scheme = models.ForeignKey(AssessmentScheme, on_delete=models.PROTECT, related_name="periods")
    key = models.CharField(max_length=20)
    first_day = models.DateField(_("起"))
    last_day = models.DateField(_("止"))
    indicators = models.JSONField(_("指标"))
    computed_at = models.DateTimeField(_("计算时间"), null=True)
    frozen_at = models.DateTimeField(_("定稿时间"), null=True)

    class Meta:
        ordering = ["-first_day"]
        verbose_name = _("考核时段")
        verbose_name_plural = _("考核时段")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "key"], name="assessment_period_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="assessment_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | Q(computed_at__isnull=False),
                name="assessment_period_frozen_is_computed",
            ),
        ]

    def __str__(self):
        return f"{self.scheme_id}:{self.key}"

    @property
    def parts(self) -> tuple[Indicator, ...]:
        return read_indicators(self.indicators)

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class ResultQuerySet(models.QuerySet):
    """Results of a period that is frozen stay as they are; learning.assessment.domain writes."""

    def update(self, **values):
        self._refuse_frozen()
        return super().update(**values)

    def delete(self):
        self._refuse_frozen()
        return super().delete()

    def bulk_update(self, objs, *args, **kwargs):
        self.filter(pk__in=[each.pk for each in objs])._refuse_frozen()
        return super().bulk_update(objs, *args, **kwargs)

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        periods = AssessmentPeriod.objects.filter(pk__in={each.period_id for each in objs})
        if periods.filter(frozen_at__isnull=False).exists():
            raise Unchangeable
        return super().bulk_create(objs, *args, **kwargs)

    def _refuse_frozen(self) -> None:
        if self.order_by().filter(period__frozen_at__isnull=False).exists():
            raise Unchangeable


class AssessmentResult(models.Model):
    """What a unit came to.

    values  {measure: whole number in the measure's unit, or null where nothing is measured}, of
            every measure there is, so that other weights can be tried without measuring anew
    points  hundredths, in the order of the period's indicators; null where nothing is measured
    total   hundredths of 100; null where nothing at all is measured
    rank    shared by equal totals; null for units of fewer than ten members
    """

    period = models.ForeignKey(AssessmentPeriod, on_delete=models.PROTECT, related_name="results")
    federation = models.ForeignKey(
        "federations.Federation", on_delete=models.PROTECT, related_name="assessment_results"
    )
    # As it was called then.
    name = models.CharField(_("单位"), max_length=60)
    due = models.PositiveIntegerField(_("应参"))
    values = models.JSONField()
    points = models.JSONField()
    total = models.PositiveIntegerField(_("总分（百分之一）"), null=True)
    rank = models.PositiveIntegerField(_("名次"), null=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = [F("rank").asc(nulls_last=True), F("total").desc(nulls_last=True), "pk"]
        verbose_name = _("考核结果")
        verbose_name_plural = _("考核结果")
        constraints = [
            models.UniqueConstraint(fields=["period", "federation"], name="assessment_result_once")
        ]

    def __str__(self):
        return f"{self.period_id}:{self.federation_id}"

    def save(self, *args, **kwargs):
        if self.period.is_frozen:
            raise Unchangeable
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        if self.period.is_frozen:
            raise Unchangeable
        return super().delete(*args, **kwargs)


class AssessmentEventKind(models.TextChoices):
    CREATED = "created", _("新建")
    EDITED = "edited", _("修改")
    FROZEN = "frozen", _("定稿")
    NOTED = "noted", _("更正说明")


class AssessmentEvent(models.Model):
    """What was done to a scheme. Rows are only ever added.

    `changes`: [[label, before, after], …], as people read them; `by` is empty for the clock.
    """

    scheme = models.ForeignKey(AssessmentScheme, on_delete=models.PROTECT, related_name="events")
    period = models.ForeignKey(
        AssessmentPeriod, null=True, on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(_("做了什么"), max_length=10, choices=AssessmentEventKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("谁"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("时间"))
    changes = models.JSONField(default=list)
    reason = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("考核记录")

    def __str__(self):
        return f"{self.scheme_id} {self.get_kind_display()}"
