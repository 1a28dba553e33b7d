"""Sign-in and password forms; the rules behind them are allauth's and members.domain's."""

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from members.consenting import ConsentAtTheDoorMixin, ConsentMixin
from members.fields import CodeField, PhoneField, RememberField
from members.models import ConsentWay, Member

PASSWORD_HELP = _(
    "至少 10 个字符，不能全是数字；不要用姓名、手机号、太常见或泄露过的密码。"
    "几个不相干的词连在一起，好记又难猜。"
)


def drop_placeholders(form: forms.Form) -> None:
    """allauth repeats each label in the box, where it vanishes as soon as one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(ConsentMixin, allauth_forms.LoginForm):
    """Phone and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].error_messages["required"] = _("请填写密码。")
        self.fields["remember"] = RememberField()
        drop_placeholders(self)

    def login(self, request, redirect_url=None):
        self.keep_tick(ConsentWay.PASSWORD)
        return super().login(request, redirect_url=redirect_url)


class RequestCodeForm(ConsentMixin):
    phone = PhoneField()

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)


class JoinPhoneForm(ConsentAtTheDoorMixin, RequestCodeForm):
    """The phone of who is not known yet."""


class CodeForm(forms.Form):
    code = CodeField()


class ConfirmCodeForm(CodeForm):
    remember = RememberField()


class NewPhoneForm(forms.Form):
    phone = PhoneField(label=_("新手机号"))

    def __init__(self, *args, member: Member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["phone"].widget.attrs["autocomplete"] = "tel-national"

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone == self.member.phone:
            raise forms.ValidationError(_("这就是您现在的手机号，不用换。"))
        return phone


class PasswordChangeForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HELP
        drop_placeholders(self)


class PasswordSetForm(allauth_forms.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HELP
        drop_placeholders(self)


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    """The password once more, before what would let somebody else in is changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        drop_placeholders(self)
