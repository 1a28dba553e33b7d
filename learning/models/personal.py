"""Who lets her colleagues see her in the personal ranking (个人榜)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RankingConsent(models.Model):
    """She agreed to be seen by colleagues of `federation`, since then. Leaving deletes the row.

    The federation is part of what she agreed to: where she moves to, she is asked anew.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ranking_consent"
    )
    federation = models.ForeignKey(
        "federations.Federation", on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField(_("参加时间"))

    class Meta:
        verbose_name = _("个人榜")
        verbose_name_plural = _("个人榜")

    def __str__(self):
        return f"{self.member_id}:{self.federation_id}"
