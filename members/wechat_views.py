"""Signing in with WeChat: sent there, back with a code; or in from the mini-program by a ticket.

No code and no ticket stays in the address: whatever comes of it, the answer leads on.
"""

from allauth.account.utils import get_next_redirect_url, perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.arrivals import Arrival, keep_arrival
from members.domain.wechat import WechatUser, recognise
from members.models import Member
from members.redirects import is_own_address
from members.sessions import note_way
from members.wechat.apps import WechatApp, official_account
from members.wechat.errors import WechatError
from members.wechat.js_sdk import page_config
from members.wechat.messages import SNAPSHOT, STATE_GONE, TICKET_GONE, say_wechat_error
from members.wechat.oauth import ASKING, SILENT, Grant, authorize_url, exchange_code, nickname_of
from members.wechat.states import Leaving, new_state, take_state
from members.wechat.tickets import take_ticket


def _without_referrer(response: HttpResponse) -> HttpResponse:
    """The address holds a code or a ticket: the next page is not told from where she came."""
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@never_cache
def sign_in(request):
    """To WeChat, silently at first. By a link, as nothing changes but her own session: a form's
    way there would need WeChat's host in the policy for forms."""
    app = _official_account()
    return _leave(request, app, SILENT, get_next_redirect_url(request) or "")


def _official_account() -> WechatApp:
    app = official_account()
    if app is None:
        raise Http404
    return app


def _leave(request, app: WechatApp, scope: str, next_url: str) -> HttpResponse:
    state = new_state(request, scope=scope, next_url=next_url, now=timezone.now())
    back = request.build_absolute_uri(reverse("wechat_callback"))
    return redirect(authorize_url(app, redirect_uri=back, state=state, scope=scope))


@require_safe
@never_cache
def callback(request):
    """Back from WeChat."""
    app, now = _official_account(), timezone.now()
    leaving = take_state(request, request.GET.get("state", ""), now=now)
    if leaving is None:
        return _turn_away(request, STATE_GONE)
    try:
        grant = exchange_code(app, request.GET.get("code", ""))
        return _without_referrer(_take_in(request, app, leaving, grant))
    except WechatError as error:
        return _turn_away(request, say_wechat_error(error), leaving.next)


def _turn_away(request, said: str, next_url: str = "") -> HttpResponse:
    messages.error(request, str(said))
    return _without_referrer(_on_to("account_login", next_url))


def _take_in(request, app: WechatApp, leaving: Leaving, grant: Grant) -> HttpResponse:
    if grant.is_snapshot:
        # A stand-in whom WeChat makes up; the next one that she gets is another.
        return _turn_away(request, SNAPSHOT, leaving.next)
    user, now = WechatUser(app.app_id, grant.openid, grant.unionid), timezone.now()
    member = recognise(user=user, now=now)
    if member and member == request.user:
        return redirect(leaving.next or "members:wechat")
    if member and not request.user.is_authenticated:
        return _sign_in(request, member, leaving.next)
    if leaving.scope == SILENT:
        # Unknown: perhaps the mini-program knows her, by the unionid that only the other scope
        # brings; and she should see which WeChat it is that she binds.
        return _leave(request, app, ASKING, leaving.next)
    arrival = Arrival(user=user, nickname=nickname_of(grant)[:NICKNAME])
    keep_arrival(request, arrival, now=now)
    return _on_to("join", leaving.next)


def _sign_in(request, member: Member, next_url: str) -> HttpResponse:
    note_way(request, member, "wechat")
    return perform_login(request, member, redirect_url=next_url or None)


# Longer ones are shown cut.
NICKNAME = 30


def _on_to(name: str, next_url: str) -> HttpResponse:
    return redirect(reverse(name, query={"next": next_url} if next_url else None))


@require_safe
@never_cache
def enter(request):
    """From the mini-program into its web-view. The ticket stands in the query, which no log has."""
    now = timezone.now()
    ticket = take_ticket(request.GET.get("ticket", ""), now=now)
    if ticket is None:
        response = render(request, "account/wechat_ticket.html", {"text": TICKET_GONE}, status=410)
        return _without_referrer(response)
    member = recognise(user=ticket.user, now=now)
    if request.user.is_authenticated and request.user != member:
        # A phone that two people share: who opened the mini-program now is another one.
        logout(request)
    target = request.GET.get("next", "")
    next_url = target if is_own_address(request, target) else ""
    if member and member == request.user:
        return _without_referrer(redirect(next_url or "/"))
    if member:
        return _without_referrer(_sign_in(request, member, next_url))
    arrival = Arrival(user=ticket.user, phone=ticket.phone, phone_at=now if ticket.phone else None)
    keep_arrival(request, arrival, now=now)
    return _without_referrer(_on_to("join", next_url))


@require_safe
@never_cache
def js_config(request):
    """What wx.config takes, for the page at `url`: a page of this site."""
    app, url = _official_account(), request.GET.get("url", "")
    if not settings.WECHAT_JS_SDK_URL or not url.startswith("http"):
        raise Http404
    if not is_own_address(request, url):
        raise Http404
    try:
        return JsonResponse(page_config(app, url=url, now=timezone.now()))
    except WechatError as error:
        # The page is shared as WeChat finds it.
        return JsonResponse({"error": say_wechat_error(error)}, status=503)


@require_safe
def verify_file(request, file_name):
    """What WeChat asks to be served at the root, to see whose domain this is."""
    content = settings.WECHAT_VERIFY_FILES.get(file_name)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="text/plain; charset=utf-8")
