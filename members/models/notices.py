"""What members are told, and what they decided about being reminded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.member import Member


class Channel(models.TextChoices):
    """By which way a notice reaches her. What has a sender of its own later is one more line."""

    IN_APP = "in_app", _("站内消息")


class NoticeKind(models.TextChoices):
    PLAIN = "", _("消息")
    # She can stop these, and gets one a week at most.
    REMINDER = "reminder", _("学习提醒")


class Notice(models.Model):
    """An outbox row: a short message to one member by one channel.

    In the app it is delivered by being there: shown on her own page (我的) until she has seen it.
    A channel that goes out of the house takes its rows without `sent_at` and fills that in.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notices")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.IN_APP)
    kind = models.CharField(max_length=10, choices=NoticeKind, default=NoticeKind.PLAIN, blank=True)
    text = models.CharField(_("内容"), max_length=200)
    # A path of this site, or empty.
    url = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(_("时间"))
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(_("看过"), null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("消息")
        indexes = [
            models.Index(
                fields=["member"],
                condition=models.Q(seen_at__isnull=True, channel="in_app"),
                name="notice_unseen",
            ),
            models.Index(
                fields=["channel", "id"],
                condition=models.Q(sent_at__isnull=True),
                name="notice_unsent",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_reminder(self) -> bool:
        return self.kind == NoticeKind.REMINDER


class ReminderState(models.Model):
    """What a member has decided about reminders, and when the last one reached her.

    `last_run` names the sending that reached her last: repeating that one is seen to be its own.
    """

    member = models.OneToOneField(
        Member, primary_key=True, on_delete=models.CASCADE, related_name="reminder_state"
    )
    stopped_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    last_run = models.CharField(max_length=60, blank=True)

    def __str__(self):
        return str(self.member_id)
