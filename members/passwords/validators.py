"""Django's form of the rules: each says what is wrong and what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.passwords.breached import is_breached
from members.passwords.own_data import holds_own_data
from members.passwords.patterns import is_common_shape

SHORTEST = 10


class LengthValidator:
    """Django's own sentences on this and the next are not in Chinese, or do not say what to do."""

    def validate(self, password, user=None):
        if len(password) < SHORTEST:
            text = _("密码太短：至少要 10 个字符，现在是 %(length)s 个。") % {
                "length": len(password)
            }
            raise ValidationError(text, code="password_too_short")

    def get_help_text(self):
        return _("至少 10 个字符。")


class NotOnlyDigitsValidator:
    """Phones, birthdays and runs of keys."""

    def validate(self, password, user=None):
        if password.isdecimal():
            text = _("密码不能全是数字，请加上字母、汉字或符号。")
            raise ValidationError(text, code="password_entirely_numeric")

    def get_help_text(self):
        return _("不能全是数字。")


class BreachedPasswordValidator:
    """Not on the list of leaked passwords."""

    def validate(self, password, user=None):
        if is_breached(password):
            text = _(
                "这个密码在公开泄露过的密码清单里，别人很快就能试出来。请换一个别处没有用过的。"
            )
            raise ValidationError(text, code="password_breached")

    def get_help_text(self):
        return _("不要用泄露过的密码。")


class CommonShapeValidator:
    """Not one that half the country uses with other digits."""

    def validate(self, password, user=None):
        if is_common_shape(password):
            text = _(
                "这个密码太好猜：常用的词加数字、姓名拼音加生日、反复的字符都不行。"
                "请换一个，比如几个不相干的词连在一起。"
            )
            raise ValidationError(text, code="password_common_shape")

    def get_help_text(self):
        return _("不要用常用的词加数字、姓名拼音加生日。")


class OwnDataValidator:
    """Nothing that who knows her knows."""

    def validate(self, password, user=None):
        if user is None:
            return
        if holds_own_data(password, phone=user.phone or "", name=user.name, email=user.email):
            text = _("密码里有您的手机号、姓名或姓名的拼音，熟人一猜就中。请换一个。")
            raise ValidationError(text, code="password_own_data")

    def get_help_text(self):
        return _("不要用自己的手机号、姓名和姓名的拼音。")
