"""Who signed in and has not agreed to the current documents is asked, once, before the next page.

Only pages are held up. Whatever is posted goes through, and so do fragments and the answers that a
phone kept while it was offline: nothing that a member did is lost to the question.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from members.consenting import ERASING, GATE_KEY, is_stopped, remember_device

# What she needs to decide, and the way out.
OPEN_VIEWS = {
    "account_logout",
    "agree",
    "media",
    "members:erasure",
    "privacy",
    "terms",
}


class ConsentMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "has_consent_tick", False):
            remember_device(request, response)
        return response

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if not _is_page(request) or request.resolver_match.view_name in OPEN_VIEWS:
            return None
        if not is_stopped(request) or not request.user.is_authenticated:
            return None
        if request.session[GATE_KEY] == ERASING:
            return redirect("members:erasure")
        return redirect(f"{reverse('agree')}?{urlencode({'next': request.get_full_path()})}")


def _is_page(request: HttpRequest) -> bool:
    """A browser that goes to a page says that it wants HTML; scripts ask for anything."""
    if request.method not in ("GET", "HEAD") or request.headers.get("HX-Request"):
        return False
    return "text/html" in request.headers.get("Accept", "")
