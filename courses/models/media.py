"""A lesson's film or sound, with its subtitles."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia

# Nothing below this folder is served openly: courses.views checks who asks.
FOLDER = "lessons"


class LessonMedia(AbstractMedia):
    """`duration` is in seconds and read from the file itself, so that progress is honest."""

    file = models.FileField(_("文件"), upload_to=FOLDER)
    captions = models.FileField(
        _("字幕"),
        upload_to=FOLDER,
        blank=True,
        validators=[FileExtensionValidator(["vtt"])],
        help_text=_("WebVTT 字幕文件（.vtt）；.srt 会自动转换。"),
    )
    size = models.PositiveBigIntegerField(_("字节数"), default=0, editable=False)

    admin_form_fields = ("title", "file", "collection", "captions", "thumbnail", "tags")

    class Meta:
        verbose_name = _("音视频")
        verbose_name_plural = _("音视频")
