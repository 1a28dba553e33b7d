"""注销账号: asking for it, and thinking better of it within the week."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from members.addresses import client_address
from members.consenting import open_gate
from members.domain.challenges import CodeGone, CodeWrong
from members.domain.erasure import (
    WAIT,
    ErasureRefused,
    ask_erasure,
    cancel_erasure,
    erasure_obstacles,
    waiting_erasure,
)
from members.domain.limits import Limit, LimitReached
from members.domain.login_codes import ask_for_code, redeem_code
from members.fields import CodeField
from members.messages import say_code_gone, say_code_wrong, say_limit
from members.models import Member
from members.password_views import has_just_proved_phone
from members.tasks import send_login_code

# She is signed in: whoever guesses here holds her device.
TRIES = Limit("password", amount=5, seconds=5 * 60)


class ErasureForm(forms.Form):
    """That it is herself: her password, a code by SMS, or one that she gave minutes ago."""

    password = forms.CharField(
        required=False,
        label=gettext_lazy("登录密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = CodeField(
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("我知道注销后不能恢复"),
        error_messages={"required": gettext_lazy("请在方框里打勾，表示您知道注销后不能恢复。")},
    )

    def __init__(self, *args, member: Member, is_proved: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.member, self.is_proved = member, is_proved
        if is_proved or not member.has_usable_password():
            del self.fields["password"]
        if is_proved or not member.phone:
            del self.fields["code"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.is_proved:
            self._check(cleaned.get("password"), cleaned.get("code"))
        return cleaned

    def _check(self, password: str | None, code: str | None) -> None:
        if code:
            self._check_code(code)
        elif password:
            self._check_password(password)
        else:
            self.add_error(None, _("请填登录密码，或者获取短信验证码填上，证明是您本人。"))

    def _check_password(self, password: str) -> None:
        try:
            TRIES.take(f"erasure:{self.member.pk}", now=timezone.now())
        except LimitReached as reached:
            self.add_error("password", say_limit(reached))
            return
        if not self.member.check_password(password):
            self.add_error("password", _("密码不对，请再填一次，或改用短信验证码。"))

    def _check_code(self, code: str) -> None:
        try:
            redeem_code(phone=self.member.phone, code=code, now=timezone.now())
        except CodeWrong as wrong:
            self.add_error("code", say_code_wrong(wrong))
        except CodeGone:
            self.add_error("code", say_code_gone())


@never_cache
@sensitive_post_parameters("password", "code")
@login_required
def erasure(request):
    """What follows, and the form; while it waits, the way back."""
    if waiting := waiting_erasure(request.user):
        return _waiting(request, waiting)
    is_proved = has_just_proved_phone(request, now=timezone.now())
    facts = {"member": request.user, "is_proved": is_proved}
    if request.method == "POST" and "send" in request.POST:
        _send_code(request)
        return _page(request, ErasureForm(**facts))
    form = ErasureForm(request.POST or None, **facts)
    if request.method == "POST" and form.is_valid() and _ask(request, form):
        return redirect("/")
    return _page(request, form)


def _ask(request, form: ErasureForm) -> bool:
    try:
        ask_erasure(member=request.user, now=timezone.now())
    except ErasureRefused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    logout(request)
    said = _("已申请注销并退出登录，%(days)d 天后清除。后悔了，%(days)d 天内登录就能取消。")
    messages.success(request, said % {"days": WAIT.days})
    return True


def _send_code(request) -> None:
    if not request.user.phone:
        return
    try:
        member_id = ask_for_code(
            phone=request.user.phone, address=client_address(request), now=timezone.now()
        )
    except LimitReached as reached:
        messages.error(request, say_limit(reached))
        return
    send_login_code.delay(member_id)
    messages.success(request, _("验证码已发到您登记的手机号，5 分钟内有效。"))


def _waiting(request, waiting):
    if request.method != "POST":
        context = {"waiting": waiting, "tab": "me"}
        return render(request, "pages/privacy/erasure_waiting.html", context)
    cancel_erasure(member=request.user, now=timezone.now())
    open_gate(request, request.user, now=timezone.now())
    messages.success(request, _("注销已取消，账号和学习记录都在。"))
    return redirect("me")


def _page(request, form: ErasureForm):
    context = {
        "form": form,
        "obstacles": erasure_obstacles(request.user),
        "days": WAIT.days,
        "masked_phone": request.user.masked_phone,
        "tab": "me",
    }
    return render(request, "pages/privacy/erasure.html", context)
