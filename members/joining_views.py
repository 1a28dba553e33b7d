"""Who is at the door and not yet known shows that a phone is hers, and says who she is.

On the roster: she is signed in, and her WeChat is bound if she came by it. Not there: a claim
(federations). Nothing is told of the roster before the phone is shown to be hers.
"""

from dataclasses import replace

from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.decorators import rate_limit
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from members.addresses import client_address
from members.arrivals import Arrival, arrival_of, forget_arrival, keep_arrival
from members.domain.challenges import CodeGone, CodeWrong
from members.domain.limits import LimitReached
from members.domain.phone_proofs import ask_for_proof, redeem_proof
from members.domain.wechat import (
    AccountGone,
    CannotBind,
    HasAnotherWechat,
    WechatTaken,
    bind,
    join_by_phone,
)
from members.encryption import seal, unseal
from members.forms import ConfirmCodeForm, JoinPhoneForm
from members.messages import say_code_gone, say_code_wrong, say_limit
from members.models import ConsentWay, Member
from members.password_views import note_phone_proved
from members.phones import mask_phone
from members.sessions import note_way
from members.tasks import send_proof_code

# The phone that a code was sent to, encrypted.
ASKED_KEY = "join_phone"


@never_cache
@rate_limit(action="login")
def join(request):
    """Is it you? One tap binds and signs in."""
    arrival = arrival_of(request, now=timezone.now())
    if request.user.is_authenticated:
        return _join_signed_in(request, arrival)
    if not arrival.phone:
        return _on_to(request, "join_phone")
    member = Member.objects.filter(phone=arrival.phone).first()
    if member is None:
        return _on_to(request, "claim")
    if request.method == "POST" and _joins(request, arrival):
        return _let_in(request, member, arrival)
    return _page(request, "account/join/confirm.html", arrival, member=member)


def _join_signed_in(request, arrival: Arrival):
    """Signed in another way, she binds the WeChat that she has just come by."""
    if arrival.user is None:
        return redirect("/")
    if request.method == "POST" and _binds(request, arrival):
        forget_arrival(request)
        messages.success(request, _("微信已经绑定，以后可以用微信登录。"))
        return redirect("members:wechat")
    return _page(request, "account/join/bind.html", arrival, member=request.user)


def _joins(request, arrival: Arrival) -> bool:
    return _tries(
        request,
        lambda: join_by_phone(phone=arrival.phone, user=arrival.user, now=timezone.now()),
    )


def _binds(request, arrival: Arrival) -> bool:
    return _tries(
        request,
        lambda: bind(user=arrival.user, member=request.user, way="session", now=timezone.now()),
    )


def _tries(request, act) -> bool:
    try:
        act()
    except CannotBind as why:
        messages.error(request, SAID[type(why)])
        return False
    return True


SAID = {
    WechatTaken: gettext_lazy("这个微信已经绑定了别人的账号。请换一个微信，或先在那个账号里解绑。"),
    HasAnotherWechat: gettext_lazy(
        "这个账号已经绑定了另一个微信。请先用手机号登录，在“我的微信”里解绑，再来绑定。"
    ),
    AccountGone: gettext_lazy("这个账号刚刚停用了，请联系本级妇联工作人员。"),
}


def _let_in(request, member: Member, arrival: Arrival):
    forget_arrival(request)
    if arrival.user:
        messages.success(request, _("微信已经绑定，以后可以用微信登录。"))
    note_way(request, member, "wechat" if arrival.user else "sms")
    response = perform_login(request, member, redirect_url=get_next_redirect_url(request))
    # She may set a password without the old one, as after any code by SMS.
    note_phone_proved(request, now=arrival.phone_at)
    return response


@never_cache
@sensitive_post_parameters("phone")
def ask_phone(request):
    """Any phone gets a code: nothing here tells who is on the roster."""
    form = JoinPhoneForm(request.POST or None, request=request)
    arrival = arrival_of(request, now=timezone.now())
    if request.method == "POST" and form.is_valid() and _has_asked(request, form):
        form.keep_tick(consent_way(arrival), goes_on=True)
        return _on_to(request, "join_code")
    return _page(request, "account/join/phone.html", arrival, form)


def consent_way(arrival: Arrival) -> ConsentWay:
    return ConsentWay.WECHAT if arrival.user else ConsentWay.SMS


def _has_asked(request, form) -> bool:
    phone, address = form.cleaned_data["phone"], client_address(request)
    try:
        handle = ask_for_proof(phone=phone, address=address, now=timezone.now())
    except LimitReached as reached:
        form.add_error(None, say_limit(reached))
        return False
    send_proof_code.delay(handle)
    request.session[ASKED_KEY] = seal(phone)
    return True


@never_cache
@sensitive_post_parameters("code")
def prove_phone(request):
    if ASKED_KEY not in request.session:
        return _on_to(request, "join_phone")
    now, phone = timezone.now(), unseal(request.session[ASKED_KEY])
    form = ConfirmCodeForm(request.POST or None)
    arrival = arrival_of(request, now=now)
    if request.method == "POST" and form.is_valid() and _is_proved(form, phone, now):
        del request.session[ASKED_KEY]
        keep_arrival(request, replace(arrival, phone=phone, phone_at=now), now=now)
        return _on_to(request, "join")
    return _page(request, "account/join/code.html", arrival, form, phone=phone)


def _is_proved(form, phone: str, now) -> bool:
    try:
        redeem_proof(phone=phone, code=form.cleaned_data["code"], now=now)
    except CodeWrong as wrong:
        form.add_error("code", say_code_wrong(wrong))
    except CodeGone:
        form.add_error("code", say_code_gone())
    else:
        return True
    return False


def _page(request, template: str, arrival: Arrival, form=None, *, phone: str = "", member=None):
    phone = phone or arrival.phone
    context = {
        "form": form,
        "arrival": arrival,
        "phone": phone,
        "masked_phone": mask_phone(phone) if phone else "",
        "member": member,
        "redirect_field_value": get_next_redirect_url(request) or "",
    }
    return render(request, template, context)


def _on_to(request, name: str):
    target = get_next_redirect_url(request)
    return redirect(reverse(name, query={"next": target} if target else None))
