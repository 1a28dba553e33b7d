"""Pages for visitors straight from the cache, before session, member and template."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from cms.page_cache.keys import key_of
from cms.page_cache.store import Entry, Slot
from cms.page_cache.tokens import mark_of, put_token

# What the key holds; a page that varies on anything else is not kept.
VARIES_ON = {"accept-encoding", "cookie", "hx-request", "save-data"}
UNKEPT = ("private", "no-store", "no-cache", "max-age=0")


class PageCacheMiddleware:
    """Stands right after what guards and finishes every response (TLS, static files)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        slot = Slot(key)
        # Whoever finds the page nearly too old makes the next one; the others still get this one.
        if slot.entry and (slot.entry.is_fresh or not slot.claim()):
            return send(request, slot.entry, slot.entry.to_response())
        return self._make(request, slot)

    def _make(self, request: HttpRequest, slot: Slot) -> HttpResponse:
        request.page_slot = slot
        try:
            response = self.get_response(request)
            if not getattr(request, "is_for_all", False):
                return response
            if not may_keep(request, response):
                return put_token(request, response)
            patch_vary_headers(response, ["Cookie", "HX-Request", "Save-Data"])
            # Hers for the token in it; asked for again each time, and then mostly unchanged.
            response["Cache-Control"] = "private, no-cache"
            entry = slot.keep(response)
        finally:
            slot.release()
        return send(request, entry, response)


def may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    if request.method != "GET" or response.status_code != 200 or response.streaming:
        return False
    control = response.get("Cache-Control", "")
    varies = {each.strip().lower() for each in response.get("Vary", "").split(",") if each.strip()}
    is_open = not any(word in control for word in UNKEPT)
    return is_open and not response.cookies and varies <= VARIES_ON


def send(request: HttpRequest, entry: Entry, response: HttpResponse) -> HttpResponse:
    """The page with her token, or 304 when she has it already."""
    # Weak: nginx compresses the page on its way.
    response["ETag"] = etag = f'W/"{entry.digest}-{mark_of(request)}"'
    answer = get_conditional_response(request, etag=etag, response=response)
    return put_token(request, answer) if answer.status_code == 200 else answer
