"""What the mini-program asks for: JSON in, JSON out.

No check against forgery: these take no cookie into account and set none. What counts is a code that
WeChat gave to the one mini-program for one user, once; whoever has none gets nothing, whatever page
she comes from.
"""

import json
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from members.addresses import client_address
from members.domain.limits import Limit, LimitReached
from members.domain.wechat import WechatUser, recognise
from members.wechat.apps import WechatApp, mini_program
from members.wechat.errors import Blocked, CodeRefused, TooOften, WechatError
from members.wechat.messages import BAD_REQUEST, FOREIGN_PHONE, TICKET_GONE, say_wechat_error
from members.wechat.mini import ForeignPhone, phone_of, user_of
from members.wechat.tickets import Ticket, issue_ticket, take_ticket

# A village behind one address comes to its quiz at the same minute.
PER_ADDRESS = Limit("wechat-mini", amount=300, seconds=60)
LONGEST_BODY = 4096
STATUS = {CodeRefused: 400, Blocked: 403, TooOften: 429}
MINUTE = 60


def answers_mini_program(*names: str) -> Callable:
    """For a view of (app, **names): the strings of these names in the JSON that was posted."""

    def decorate(view: Callable[..., JsonResponse]) -> Callable[[HttpRequest], JsonResponse]:
        @csrf_exempt
        @require_POST
        @never_cache
        @sensitive_post_parameters()
        @wraps(view)
        def answer(request):
            app = mini_program()
            if app is None:
                raise Http404
            try:
                PER_ADDRESS.take(client_address(request), now=timezone.now())
            except LimitReached as reached:
                return refuse(_("现在人太多，请稍等再试。"), 429, retry_after=reached.wait)
            asked = read_strings(request, names)
            if asked is None:
                return refuse(BAD_REQUEST, 400)
            try:
                return view(app, **asked)
            except WechatError as error:
                status = STATUS.get(type(error), 503)
                retry_after = MINUTE if status == 429 else None
                return refuse(say_wechat_error(error), status, retry_after=retry_after)

        return answer

    return decorate


def read_strings(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str] | None:
    """None for what is no JSON object with these strings, none of them empty."""
    try:
        read = json.loads(request.body) if _length(request) <= LONGEST_BODY else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict):
        return None
    values = {name: read.get(name) for name in names}
    is_whole = all(isinstance(each, str) and each for each in values.values())
    return values if is_whole else None


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else LONGEST_BODY + 1


def refuse(said: str, status: int, *, retry_after: int | None = None) -> JsonResponse:
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return JsonResponse({"error": str(said)}, status=status, headers=headers)


@answers_mini_program("code")
def session(app: WechatApp, code: str) -> JsonResponse:
    """The code of wx.login → a ticket, and whether it leads to an account (`known`)."""
    user = user_of(app, code)
    return _give_ticket(Ticket(WechatUser(app.app_id, user.openid, user.unionid)))


@answers_mini_program("ticket", "code")
def phone(app: WechatApp, ticket: str, code: str) -> JsonResponse:
    """A ticket, and the code of the phone button → a ticket that brings the phone with it."""
    now = timezone.now()
    held = take_ticket(ticket, now=now)
    if held is None:
        return refuse(TICKET_GONE, 400)
    try:
        number = phone_of(app, code=code, openid=held.user.openid, now=now)
    except ForeignPhone:
        return refuse(FOREIGN_PHONE, 400)
    return _give_ticket(Ticket(held.user, number))


def _give_ticket(ticket: Ticket) -> JsonResponse:
    now = timezone.now()
    is_known = recognise(user=ticket.user, now=now) is not None
    return JsonResponse({"ticket": issue_ticket(ticket, now=now), "known": is_known})
