"""How far a member's kapok has grown."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.IntegerChoices):
    """In the order of learning.rules.growth.STEPS."""

    SEED = 0, _("种子")
    SPROUT = 1, _("新芽")
    BUD = 2, _("花苞")
    BLOOM = 3, _("花开")
    FULL = 4, _("满枝")


class Growth(models.Model):
    """The highest ever reached: nothing of it is taken back. No row: a seed."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="growth"
    )
    lessons = models.PositiveIntegerField(_("学完的课"), default=0)
    mastered = models.PositiveIntegerField(_("掌握的题"), default=0)
    stage = models.PositiveSmallIntegerField(_("阶段"), choices=Stage, default=Stage.SEED)
    # When the stage was reached.
    reached_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("成长")
        verbose_name_plural = _("成长")

    def __str__(self):
        return f"{self.member_id}:{self.stage}"
