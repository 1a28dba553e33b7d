"""Form fields with the hints that a phone's keyboard and password store go by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import validate_phone
from members.phones import normalise_phone


class PhoneField(forms.CharField):
    """A mainland mobile number; spaces, dashes, +86 and full-width digits are forgiven."""

    default_validators = [validate_phone]

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("手机号"))
        kwargs.setdefault("error_messages", {"required": _("请填写手机号。")})
        attrs = {"inputmode": "numeric", "autocomplete": "username"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value):
        return normalise_phone(super().to_python(value))


class CodeField(forms.CharField):
    """The six digits of an SMS code; spaces and full-width digits are forgiven."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("短信验证码"))
        kwargs.setdefault("error_messages", {"required": _("请填写短信里的 6 位数字。")})
        attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value):
        return normalise_phone(super().to_python(value))


class RememberField(forms.BooleanField):
    """Ticked: thirty days from the last visit, as ever. Not ticked: until the browser is closed."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("在这台设备上保持登录"))
        kwargs.setdefault("help_text", _("30 天内不用再登录。别人也用的电脑或手机，请不要勾。"))
        super().__init__(required=False, initial=True, **kwargs)
