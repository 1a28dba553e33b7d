"""What no link or form of ours can ask for is refused before, or when, a view stumbles over it.

Wagtail's addresses take a number of any length and a chooser's any word, its filters look for rows
by whatever a query says, and it sends on to whatever `next` holds that names no other host, were it
the name of a view. What the fuzzing found stands in tests/config/test_sound_requests.py.
"""

import re

from django.http import Http404, HttpResponseBadRequest
from django.urls import reverse

from members.converters import MAX_DIGITS, read_number
from members.redirects import is_own_address

LARGEST = 10**MAX_DIGITS - 1
# Django's words when a filter is given something else than a row's number.
NO_NUMBER = re.compile(r"Field '\w+' expected a number but got ")
# Forms that fail where the field is not empty but missing.
NEEDED = {
    "wagtailadmin_choose_page_external_link": "external-link-chooser-url",
    "wagtailadmin_pages:copy": "new_parent_page",
}


class SoundRequestMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if any("\x00" in text for _name, texts in request.GET.lists() for text in texts):
            request.GET = _without_nul(request.GET)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if any(_is_unsound(value) for value in (*args, *kwargs.values())):
            raise Http404
        if not is_in_admin(request):
            return None
        name = request.resolver_match.view_name
        if any(_is_endless(value) for value in kwargs.values()):
            raise Http404
        if name.endswith(":chosen") and read_number(str(kwargs["pk"])) is None:
            raise Http404
        if request.method == "POST" and name in NEEDED and NEEDED[name] not in request.POST:
            return HttpResponseBadRequest()
        _keep_own_next(request)
        return None

    def process_exception(self, request, exception):
        is_asked_wrongly = isinstance(exception, ValueError) and NO_NUMBER.match(str(exception))
        return HttpResponseBadRequest() if is_asked_wrongly and is_in_admin(request) else None


def is_in_admin(request) -> bool:
    return request.path_info.startswith(reverse("wagtailadmin_home"))


def _is_unsound(value) -> bool:
    return "\x00" in value if isinstance(value, str) else isinstance(value, int) and value > LARGEST


def _is_endless(value) -> bool:
    """Some numbers are read as text first: earliest, 12, latest."""
    return isinstance(value, str) and value.isdecimal() and len(value) > MAX_DIGITS


def _without_nul(fields):
    """PostgreSQL keeps no such character, and no keyboard has it."""
    kept = fields.copy()
    for name, texts in fields.lists():
        kept.setlist(name, [text.replace("\x00", "") for text in texts])
    return kept


def _keep_own_next(request) -> None:
    """Of where to go next, only this site's addresses."""
    for name in ("GET", "POST"):
        asked = getattr(request, name).getlist("next")
        if asked and not all(is_own_address(request, each) for each in asked):
            fields = getattr(request, name).copy()
            del fields["next"]
            setattr(request, name, fields)
