"""The member: who signs in. Where she serves is an Appointment (federations)."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from members.encryption import PHONE_LENGTH, TAIL_DIGITS, TAIL_LENGTH, EncryptedPhoneField
from members.phones import mask_phone, read_number

PHONE_PATTERN = r"^1[3-9][0-9]{9}$"
validate_phone = RegexValidator(
    PHONE_PATTERN, _("手机号应为 11 位数字，以 1 开头，请检查有没有漏写或多写。")
)


class TextSize(models.TextChoices):
    STANDARD = "", _("标准")
    LARGE = "l", _("大")
    EXTRA_LARGE = "xl", _("特大")


class MemberQuerySet(models.QuerySet):
    def with_number(self, number: str):
        """Whose phone it is, or ends with it: other pieces of a number find nobody."""
        if len(number) == PHONE_LENGTH:
            return self.filter(phone=number)
        return self.filter(phone__tail=number) if len(number) == TAIL_DIGITS else self.none()

    def found_by(self, typed: str):
        """By a piece of the name or the e-mail address, or by number."""
        if number := read_number(typed):
            return self.with_number(number)
        return self.filter(models.Q(name__icontains=typed) | models.Q(email__icontains=typed))


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
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
    phone = EncryptedPhoneField(
        _("手机号"), unique=True, null=True, blank=True, validators=[validate_phone]
    )
    phone_verified_at = models.DateTimeField(_("手机号验证时间"), null=True, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    text_size = models.CharField(
        _("字号"), max_length=2, choices=TextSize, default=TextSize.STANDARD, blank=True
    )
    is_staff = models.BooleanField(_("可进入后台"), default=False)
    is_active = models.BooleanField(_("账号启用"), default=True)
    # Sessions of an earlier round are over: all of hers can be ended at once, known or not.
    session_round = models.PositiveIntegerField(default=0, db_default=0, editable=False)
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
            models.Index(Substr("phone", 1, TAIL_LENGTH), name="member_phone_tail"),
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def _get_session_auth_hash(self, secret=None):
        """What a session must know to be hers; Django asks at each request."""
        if not self.session_round:
            return super()._get_session_auth_hash(secret=secret)
        said = f"{self.password}:{self.session_round}"
        return salted_hmac("members.session", said, secret=secret, algorithm="sha256").hexdigest()

    @property
    def first_name(self) -> str:
        """What Wagtail's sidebar shows: the name, not the phone that she signs in with."""
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, e.g. 138****1234; empty when there is none."""
        return mask_phone(self.phone) if self.phone else ""
