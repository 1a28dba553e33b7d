from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    """Whether an entry was useful: one answer of a member, or of a visitor's session."""

    page = models.ForeignKey(
        "knowledge_base.KnowledgePage", on_delete=models.CASCADE, related_name="feedback"
    )
    member = models.ForeignKey(
        "members.Member", null=True, on_delete=models.CASCADE, related_name="+"
    )
    # A random word that the visitor's session keeps; it says nothing about her.
    visitor = models.CharField(max_length=32, blank=True)
    is_useful = models.BooleanField(_("有用"))
    words = models.CharField(_("留言"), max_length=200, blank=True)
    given_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("条目反馈")
        verbose_name_plural = _("条目反馈")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "member"], condition=Q(visitor=""), name="feedback_of_member"
            ),
            models.UniqueConstraint(
                fields=["page", "visitor"], condition=~Q(visitor=""), name="feedback_of_visitor"
            ),
            models.CheckConstraint(
                condition=Q(member=None) ^ Q(visitor=""), name="feedback_of_one_kind"
            ),
        ]

    def __str__(self):
        return str(self.pk)
