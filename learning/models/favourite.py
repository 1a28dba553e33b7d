"""Pages that a member keeps (收藏)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FavouritePage(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourite_pages"
    )
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("收藏")
        verbose_name_plural = _("收藏")
        constraints = [
            models.UniqueConstraint(fields=["member", "page"], name="favourite_page_once")
        ]
        indexes = [models.Index(fields=["member", "-added_at"], name="favourite_page_newest")]

    def __str__(self):
        return f"{self.member_id}:{self.page_id}"
