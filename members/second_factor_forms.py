"""allauth's forms for the second factor, with our limits, words and patience for odd input."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.domain import second_factor
from members.domain.limits import LimitReached
from members.fields import CodeField
from members.messages import say_limit

CODE_HELP = _("验证器里的 6 位数字，或者一个没有用过的 8 位恢复码。")
# What parsing a credential may raise when it is not one.
ODD = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


class LimitedMixin:
    """Each answer is counted before it is looked at; a right one clears the count."""

    def judge(self, look):
        """`look()` returns what was shown, or raises ValidationError."""
        try:
            second_factor.take_try(member=self.user, now=timezone.now())
        except LimitReached as reached:
            raise ValidationError(say_limit(reached), code="second_factor_limit") from reached
        try:
            shown = look()
        except ValidationError:
            second_factor.note_failure(member=self.user)
            raise
        second_factor.forgive_tries(member=self.user)
        return shown


class CodeMixin(LimitedMixin, forms.Form):
    code = CodeField(label=_("验证码"), help_text=CODE_HELP)

    def clean_code(self):
        return self.judge(self._look)

    def _look(self):
        code = super().clean_code()
        is_apps = self.authenticator.type == Authenticator.Type.TOTP
        if is_apps and not second_factor.use_code(member=self.user, code=code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(CodeMixin, base.AuthenticateForm):
    pass


class ReauthenticateForm(CodeMixin, base.ReauthenticateForm):
    pass


class ActivateTotpForm(totp.ActivateTOTPForm):
    code = CodeField(label=_("验证器里的 6 位数字"))


class CredentialMixin(LimitedMixin):
    def clean_credential(self):
        return self.judge(lambda: plainly(super(CredentialMixin, self).clean_credential))


class PasskeyForm(CredentialMixin, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(CredentialMixin, webauthn.ReauthenticateWebAuthnForm):
    pass


class PasskeySignInForm(webauthn.LoginWebAuthnForm):
    """Nobody's tries are counted: who it is stands in what was sent."""

    def clean_credential(self):
        return plainly(super().clean_credential)


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    name = forms.CharField(label=_("名称"), max_length=30, required=False)
    passwordless = forms.BooleanField(
        label=_("可以代替密码登录"),
        initial=True,
        required=False,
        help_text=_("登录时只用指纹、面容或设备密码，不用再输入密码和验证码。"),
    )

    def clean(self):
        return plainly(super().clean)


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    name = forms.CharField(label=_("名称"), max_length=30)


def plainly(look):
    """What is no credential at all is a wrong one."""
    try:
        return look()
    except ODD as odd:
        raise get_adapter().validation_error("incorrect_code") from odd
