"""Another phone number: who she is first, then the new number, then the code that goes there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from members.addresses import client_address
from members.domain.challenges import CodeGone, CodeWrong
from members.domain.limits import LimitReached
from members.domain.phone_changes import PhoneTaken, ask_to_change_phone, change_phone
from members.domain.phone_proofs import ask_for_proof, redeem_proof
from members.encryption import seal, unseal
from members.forms import CodeForm, NewPhoneForm
from members.messages import say_code_gone, say_code_wrong, say_limit
from members.password_views import has_just_proved_phone, note_phone_proved
from members.phones import mask_phone
from members.sessions import has_just_signed_in, keep_only_this
from members.tasks import send_proof_code

# In the session, sealed: the number that is to be hers.
NEW_PHONE = "sealed_new_phone"


@never_cache
@login_required
@sensitive_post_parameters("phone")
def phone(request):
    """The new number; who did not just sign in shows first who she is."""
    if not _is_herself(request):
        return _page(request, "own", None)
    form = NewPhoneForm(request.POST or None, member=request.user)
    if request.method == "POST" and form.is_valid() and _has_asked(request, form):
        return redirect("members:phone_confirm")
    return _page(request, "new", form)


@never_cache
@login_required
@sensitive_post_parameters("code")
def phone_own(request):
    """A code to the number that she has: sent by the first post, taken by the next."""
    if not request.user.phone:
        return redirect("members:phone")
    if request.method == "POST" and "code" not in request.POST:
        _send_to_own(request)
        return redirect("members:phone_own")
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid() and _takes(form, _redeem_own, request):
        note_phone_proved(request, now=timezone.now())
        return redirect("members:phone")
    return _page(request, "own_code", form)


@never_cache
@login_required
@sensitive_post_parameters("code")
def phone_confirm(request):
    """The code from the new number, and the number is hers."""
    if NEW_PHONE not in request.session or not _is_herself(request):
        return redirect("members:phone")
    form = CodeForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid() and _takes(form, _redeem_new, request):
            return _changed(request)
    except PhoneTaken:
        del request.session[NEW_PHONE]
        return _page(request, "taken", None)
    return _page(request, "code", form)


def _is_herself(request) -> bool:
    now = timezone.now()
    return has_just_signed_in(request, now=now) or has_just_proved_phone(request, now=now)


def _has_asked(request, form) -> bool:
    number = form.cleaned_data["phone"]
    address = client_address(request)
    try:
        handle = ask_to_change_phone(
            member=request.user, phone=number, address=address, now=timezone.now()
        )
    except LimitReached as reached:
        form.add_error(None, say_limit(reached))
        return False
    send_proof_code.delay(handle)
    request.session[NEW_PHONE] = seal(number)
    return True


def _send_to_own(request) -> None:
    address = client_address(request)
    try:
        handle = ask_for_proof(phone=request.user.phone, address=address, now=timezone.now())
    except LimitReached as reached:
        messages.error(request, say_limit(reached))
    else:
        send_proof_code.delay(handle)


def _takes(form, redeem, request) -> bool:
    try:
        redeem(request, form.cleaned_data["code"])
    except CodeWrong as wrong:
        form.add_error("code", say_code_wrong(wrong))
    except CodeGone:
        form.add_error("code", say_code_gone())
    return not form.errors


def _redeem_own(request, code: str) -> None:
    redeem_proof(phone=request.user.phone, code=code, now=timezone.now())


def _redeem_new(request, code: str) -> None:
    number = unseal(request.session[NEW_PHONE])
    change_phone(member=request.user, phone=number, code=code, now=timezone.now())


def _changed(request):
    del request.session[NEW_PHONE]
    keep_only_this(request, why="phone")
    said = _("手机号已改为 %(phone)s，下次用它登录。别的设备已退出登录。")
    messages.success(request, said % {"phone": request.user.masked_phone})
    return redirect("members:security")


def _page(request, step: str, form):
    number = unseal(request.session[NEW_PHONE]) if NEW_PHONE in request.session else ""
    context = {"form": form, "tab": "me", "new_phone": mask_phone(number) if number else ""}
    return render(request, f"pages/members/phone/{step}.html", context)
