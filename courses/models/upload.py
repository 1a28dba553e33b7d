"""A recording on its way: uploaded in chunks, over a line that breaks."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import models

# On the disk that the web processes share, below no address: see courses.views.CLOSED_FOLDERS.
FOLDER = "uploads"


class MediaUpload(models.Model):
    """The first `received` of `size` bytes lie in `path`. Only its owner can go on with it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="media_uploads"
    )
    # With the size and the time of its last change (ms), what the browser knows a file by: the same
    # one chosen again goes on where it stopped.
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    modified = models.BigIntegerField(default=0)
    received = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name", "size", "modified"], name="upload_once_for_a_file"
            ),
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="upload_within_its_size"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT, FOLDER, f"{self.pk.hex}.part")

    @property
    def is_complete(self) -> bool:
        return self.received == self.size
