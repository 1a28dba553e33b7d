"""The member: who signs in. Where she serves is an Appointment (federations)."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PHONE_PATTERN = r"^1[3-9][0-9]{9}$"
validate_phone = RegexValidator(
    PHONE_PATTERN, _("手机号应为 11 位数字，以 1 开头，请检查有没有漏写或多写。")
)


class TextSize(models.TextChoices):
    STANDARD = "", _("标准")
    LARGE = "l", _("大")
    EXTRA_LARGE = "xl", _("特大")


class MemberManager(BaseUserManager):
    def create_user(self, phone, password=None, **fields):
        member = self.model(phone=phone or None, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, phone, password=None, **fields):
        return self.create_user(phone, password, is_staff=True, is_superuser=True, **fields)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account: a committee member (执委), an editor or a federation's staff."""

    name = models.CharField(_("姓名"), max_length=50)
    # A phone identifies a sign-in, not an appointment; a member on the roster may have none.
    phone = models.CharField(
        _("手机号"), max_length=11, unique=True, null=True, blank=True, validators=[validate_phone]
    )
    phone_verified_at = models.DateTimeField(_("手机号验证时间"), null=True, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    text_size = models.CharField(
        _("字号"), max_length=2, choices=TextSize, default=TextSize.STANDARD, blank=True
    )
    is_staff = models.BooleanField(_("可进入后台"), default=False)
    is_active = models.BooleanField(_("账号启用"), default=True)
    date_joined = models.DateTimeField(_("建立时间"), default=timezone.now)

    objects = MemberManager()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("执委")
        verbose_name_plural = _("执委")
        indexes = [
            models.Index(fields=["name"], name="member_name"),
            # Staff ask for the last four digits.
            models.Index(Substr("phone", 8), name="member_phone_tail"),
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    @property
    def first_name(self) -> str:
        """What Wagtail's sidebar shows: the name, not the phone that she signs in with."""
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, e.g. 138****1234; empty when there is none."""
        return f"{self.phone[:3]}****{self.phone[-4:]}" if self.phone else ""


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
