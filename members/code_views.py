"""Sign-in by SMS code: one page asks for the phone, the next for the code."""

from urllib.parse import urlencode

from allauth.account.utils import get_next_redirect_url, perform_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from members.addresses import client_address
from members.domain.challenges import CodeGone, CodeWrong
from members.domain.limits import LimitReached
from members.domain.login_codes import ask_for_code, redeem_code
from members.encryption import seal, unseal
from members.forms import ConfirmCodeForm, RequestCodeForm
from members.messages import say_code_gone, say_code_wrong, say_limit
from members.models import ConsentWay
from members.password_views import note_phone_proved
from members.phones import mask_phone
from members.sessions import note_way, remember
from members.tasks import send_login_code

# In the session, sealed, rather than the address: no log of addresses holds a phone.
PHONE_KEY = "sealed_login_phone"


@never_cache
@sensitive_post_parameters("phone")
def request_code(request):
    """Send a code. The reply is the same for a phone that nobody has."""
    form = RequestCodeForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid() and _has_asked(request, form):
        return redirect(_with_next(request, "account_confirm_login_code"))
    return _page(request, "account/request_login_code.html", form)


@never_cache
@sensitive_post_parameters("code")
def confirm_code(request):
    """Sign in with the code that came by SMS."""
    if PHONE_KEY not in request.session:
        return redirect(_with_next(request, "account_request_login_code"))
    form = ConfirmCodeForm(request.POST or None)
    member = _redeem(request, form) if request.method == "POST" and form.is_valid() else None
    if member is None:
        return _page(request, "account/confirm_login_code.html", form)
    del request.session[PHONE_KEY]
    note_way(request, member, "sms")
    response = perform_login(request, member, redirect_url=get_next_redirect_url(request))
    remember(request, is_wanted=form.cleaned_data["remember"])
    note_phone_proved(request, now=timezone.now())
    return response


def _has_asked(request, form) -> bool:
    phone = form.cleaned_data["phone"]
    try:
        member_id = ask_for_code(phone=phone, address=client_address(request), now=timezone.now())
    except LimitReached as reached:
        form.add_error(None, say_limit(reached))
        return False
    # Queued for an unknown phone too: otherwise the time that it takes would tell.
    send_login_code.delay(member_id)
    form.keep_tick(ConsentWay.SMS, goes_on=_asked_phone(request) == phone)
    request.session[PHONE_KEY] = seal(phone)
    return True


def _asked_phone(request) -> str:
    """For which the last code was asked in this session; empty before the first."""
    return unseal(request.session[PHONE_KEY]) if PHONE_KEY in request.session else ""


def _redeem(request, form):
    phone = _asked_phone(request)
    try:
        return redeem_code(phone=phone, code=form.cleaned_data["code"], now=timezone.now())
    except CodeWrong as wrong:
        form.add_error("code", say_code_wrong(wrong))
    except CodeGone:
        form.add_error("code", say_code_gone())
    return None


def _page(request, template: str, form):
    phone = _asked_phone(request)
    context = {
        "form": form,
        "phone": phone,
        "masked_phone": mask_phone(phone) if phone else "",
        "redirect_field_value": get_next_redirect_url(request) or "",
    }
    return render(request, template, context)


def _with_next(request, name: str) -> str:
    target = get_next_redirect_url(request)
    return f"{reverse(name)}?{urlencode({'next': target})}" if target else reverse(name)
