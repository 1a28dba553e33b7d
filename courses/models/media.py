"""A lesson's film or sound: the original, and what is made of it for members."""

from zlib import crc32

from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia

from federations.models import JobState

# Nothing below this folder is served openly: courses.views checks who asks.
FOLDER = "lessons"


class MediaState(models.TextChoices):
    WAITING = "waiting", _("等待处理")
    RUNNING = "running", _("正在处理")
    READY = "ready", _("可以播放")
    FAILED = "failed", _("没有处理成功")


STATE_OF_JOB = {JobState.QUEUED: MediaState.WAITING, JobState.RUNNING: MediaState.RUNNING}


class LessonMedia(AbstractMedia):
    """`file` is the original, which only staff get; members play `video` and `audio`.

    `type`, `duration` (seconds) and the picture's size describe the renditions, so that progress is
    honest: until there are any, the duration is 0 and nothing can be watched.
    """

    file = models.FileField(_("文件"), upload_to=FOLDER)
    captions = models.FileField(
        _("字幕"),
        upload_to=FOLDER,
        blank=True,
        validators=[FileExtensionValidator(["vtt"])],
        help_text=_("WebVTT 字幕文件（.vtt）；.srt 会自动转换。"),
    )
    # Bytes: of the original and of what is made of it.
    size = models.PositiveBigIntegerField(_("字节数"), default=0, editable=False)
    video = models.FileField(_("视频"), upload_to=FOLDER, blank=True, editable=False)
    video_size = models.PositiveBigIntegerField(default=0, editable=False)
    audio = models.FileField(_("音频"), upload_to=FOLDER, blank=True, editable=False)
    audio_size = models.PositiveBigIntegerField(default=0, editable=False)
    # The original that the renditions were made of, by its stored name.
    encoded_file = models.CharField(max_length=100, blank=True, editable=False)
    # Taken from the film; one that an editor chose is never replaced.
    is_thumbnail_made = models.BooleanField(default=False, editable=False)
    # The last one asked for. It says how far the encoding is and why it failed.
    job = models.ForeignKey(
        "federations.Job", null=True, on_delete=models.SET_NULL, editable=False, related_name="+"
    )

    admin_form_fields = ("title", "file", "collection", "captions", "thumbnail", "tags")

    class Meta:
        verbose_name = _("音视频")
        verbose_name_plural = _("音视频")

    @property
    def is_ready(self) -> bool:
        """Whether members can play it; while a new original is encoded, what they had before."""
        return bool(self.video if self.type == "video" else self.audio)

    @property
    def state(self) -> MediaState:
        """How far the present original is. Derived: a job that dies cannot leave it wrong."""
        if self.encoded_file == self.file.name:
            return MediaState.READY
        return STATE_OF_JOB.get(self.job and self.job.state, MediaState.FAILED)

    @property
    def message(self) -> str:
        """Why it failed and what to do."""
        if self.state != MediaState.FAILED:
            return ""
        return (self.job and self.job.message) or str(_("还没有处理过。请点“重新处理”。"))

    @property
    def version(self) -> str:
        """Another one when the renditions are made of another original."""
        return version_of(self.encoded_file)


def version_of(encoded_file: str) -> str:
    return f"{crc32(encoded_file.encode()):x}"
