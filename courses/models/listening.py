"""Audio columns (听书): episodes that go live one by one, and how often each is played."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models import ColumnPage


class AudioColumnPage(ColumnPage):
    """A themed column whose episodes are lessons with a recording, in the order of the tree."""

    template = "pages/courses/audio_column_page.html"
    parent_page_types = ["cms.ColumnIndexPage"]
    subpage_types = ["courses.LessonPage"]
    # The order in which they are played: pages are dragged in it.
    admin_default_ordering = "ord"

    class Meta:
        verbose_name = _("听书栏目")
        verbose_name_plural = _("听书栏目")


class EpisodePlays(models.Model):
    """How often an episode was started on one day. Nobody is named."""

    lesson = models.ForeignKey("courses.LessonPage", on_delete=models.CASCADE, related_name="plays")
    day = models.DateField(_("日期"))
    by_members = models.PositiveIntegerField(_("登录的"), default=0)
    by_visitors = models.PositiveIntegerField(_("没登录的"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "day"], name="episode_plays_of_a_day")
        ]

    def __str__(self):
        return f"{self.lesson_id} {self.day}"
