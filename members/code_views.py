"""Sign-in by SMS code: one page asks for the phone, the next for the code."""

from urllib.parse import urlencode

from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.decorators import rate_limit
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from members.domain.limits import LimitReached
from members.domain.login_codes import CodeGone, CodeWrong, ask_for_code, redeem_code
from members.forms import ConfirmCodeForm, RequestCodeForm
from members.messages import say_code_gone, say_code_wrong, say_limit
from members.models import ConsentWay
from members.password_views import note_phone_proved
from members.phones import mask_phone
from members.tasks import send_login_code

# In the session rather than the address, so that no log of addresses holds a phone.
PHONE_KEY = "login_code_phone"


@never_cache
@sensitive_post_parameters("phone")
@rate_limit(action="request_login_code")
def request_code(request):
    """Send a code. The reply is the same for a phone that nobody has."""
    form = RequestCodeForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid() and _has_asked(request, form):
        return redirect(_with_next(request, "account_confirm_login_code"))
    return _page(request, "account/request_login_code.html", form)


@never_cache
@sensitive_post_parameters("code")
@rate_limit(action="login")
def confirm_code(request):
    """Sign in with the code that came by SMS."""
    if PHONE_KEY not in request.session:
        return redirect(_with_next(request, "account_request_login_code"))
    form = ConfirmCodeForm(request.POST or None)
    member = _redeem(request, form) if request.method == "POST" and form.is_valid() else None
    if member is None:
        return _page(request, "account/confirm_login_code.html", form)
    del request.session[PHONE_KEY]
    response = perform_login(request, member, redirect_url=get_next_redirect_url(request))
    note_phone_proved(request, now=timezone.now())
    return response


def _has_asked(request, form) -> bool:
    phone = form.cleaned_data["phone"]
    try:
        member_id = ask_for_code(phone=phone, now=timezone.now())
    except LimitReached as reached:
        form.add_error(None, say_limit(reached))
        return False
    # Queued for an unknown phone too: otherwise the time that it takes would tell.
    send_login_code.delay(member_id)
    form.keep_tick(ConsentWay.SMS, goes_on=request.session.get(PHONE_KEY) == phone)
    request.session[PHONE_KEY] = phone
    return True


def _redeem(request, form):
    phone = request.session[PHONE_KEY]
    try:
        return redeem_code(phone=phone, code=form.cleaned_data["code"], now=timezone.now())
    except CodeWrong as wrong:
        form.add_error("code", say_code_wrong(wrong))
    except CodeGone:
        form.add_error("code", say_code_gone())
    return None


def _page(request, template: str, form):
    phone = request.session.get(PHONE_KEY, "")
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
