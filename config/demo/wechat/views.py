"""The page on which WeChat would ask whether she agrees: here one chooses who she is."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.demo.wechat.people import PEOPLE, is_demo, platform
from members.redirects import is_own_address

# Whoever was chosen is not asked again for the second scope.
CHOSEN_KEY = "demo_wechat_chosen"
SCOPES = ("snsapi_base", "snsapi_userinfo")


@require_safe
@never_cache
def authorize(request):
    if not settings.WECHAT_DEMO or not is_demo():
        raise Http404
    asked = {name: request.GET.get(name, "") for name in ("redirect_uri", "state", "scope")}
    if not is_own_address(request, asked["redirect_uri"]) or asked["scope"] not in SCOPES:
        return HttpResponseBadRequest()
    chosen = request.GET.get("who")
    if asked["scope"] == "snsapi_userinfo":
        chosen = request.session.pop(CHOSEN_KEY, chosen)
    if chosen not in PEOPLE:
        people = [(key, label, person.nickname) for key, (label, person) in PEOPLE.items()]
        context = {"people": people, "query": urlencode(asked)}
        return render(request, "demo/wechat.html", context)
    request.session[CHOSEN_KEY] = chosen
    return _send_back(asked, chosen)


def _send_back(asked: dict[str, str], chosen: str):
    _label, person = PEOPLE[chosen]
    code = platform().give_code(person, settings.WECHAT_APP_ID, kind="oauth", scope=asked["scope"])
    return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
