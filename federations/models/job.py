"""A background job that a member of staff asked for: an import, an export, a computation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Nothing below this folder is served openly; views check who asks.
FOLDER = "jobs"


class JobState(models.TextChoices):
    QUEUED = "queued", _("等待中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("没有完成")


class Lane(models.TextChoices):
    """One job at a time runs in each: a film of an hour holds up films alone."""

    DESK = "desk", _("导入导出和统计")
    ENCODING = "encoding", _("音视频处理")


class Job(models.Model):
    """`kind` names a handler of the composition root (config.tasks); only its owner sees the job.

    A job whose runner died is taken up again, so a handler must be safe to run twice.
    """

    kind = models.CharField(max_length=30)
    lane = models.CharField(max_length=10, choices=Lane, default=Lane.DESK)
    title = models.CharField(_("任务"), max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jobs"
    )
    params = models.JSONField(default=dict)
    # What came in and what comes out; both optional.
    upload = models.FileField(upload_to=FOLDER, blank=True)
    output = models.FileField(upload_to=FOLDER, blank=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(_("已处理"), default=0)
    # 0 while it is not known.
    total = models.PositiveIntegerField(_("共"), default=0)
    result = models.JSONField(default=dict)
    # Why it failed, for the person who asked.
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The last sign of life of its runner.
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        indexes = [
            models.Index(
                fields=["state", "id"],
                condition=Q(state__in=["queued", "running"]),
                name="job_unfinished",
            ),
            models.Index(fields=["owner", "-id"], name="job_of_owner"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_finished(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0
