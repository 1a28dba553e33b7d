"""Other rules of a quiz for one member or for a federation and all below it."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class QuizOverride(models.Model):
    """What is null stays as the quiz has it. A member's own comes before any federation's; of
    several federations the lowest decides.
    """

    quiz = models.ForeignKey(
        "quizzes.QuizPage",
        verbose_name=_("测验"),
        on_delete=models.CASCADE,
        related_name="overrides",
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("执委"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("妇联"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    opens_at = models.DateTimeField(_("开放时间"), null=True, blank=True)
    closes_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(
        _("加时（分钟）"), null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    attempts_allowed = models.PositiveIntegerField(
        _("可答次数"), null=True, blank=True, help_text=_("0 表示不限次数。")
    )
    reason = models.CharField(_("原因"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("个别规则")
        verbose_name_plural = _("个别规则")
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, federation__isnull=True)
                | Q(member__isnull=True, federation__isnull=False),
                name="quiz_override_for_one",
                violation_error_message=_("请选一位执委，或者一个妇联，只选其中一样。"),
            ),
            models.UniqueConstraint(
                fields=["quiz", "member"],
                name="quiz_override_member_once",
                violation_error_message=_("这位执委在这个测验里已经有个别规则，请修改那一条。"),
            ),
            models.UniqueConstraint(
                fields=["quiz", "federation"],
                name="quiz_override_federation_once",
                violation_error_message=_("这个妇联在这个测验里已经有个别规则，请修改那一条。"),
            ),
        ]

    def __str__(self):
        return f"{self.quiz} · {self.member or self.federation}"
