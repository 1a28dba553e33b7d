"""Which requests share a page: those of visitors whom nothing tells apart."""

from functools import cache
from hashlib import blake2b

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from cms.addresses import own_query


def key_of(request: HttpRequest) -> str | None:
    """None when this request may neither take a page from the cache nor leave one there."""
    if request.method not in ("GET", "HEAD") or getattr(request, "is_preview", False):
        return None
    if request.path_info.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return None
    cookies, query = _cookies_of(request), own_query(request.GET)
    if cookies is None or query is None:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    wishes = (
        request.headers.get("HX-Request") == "true",
        request.headers.get("Save-Data", "").lower() == "on",
    )
    facts = (_release(), request.scheme, host, request.path_info, query, cookies, wishes)
    return f"page:{blake2b(repr(facts).encode(), digest_size=20).hexdigest()}"


def _cookies_of(request: HttpRequest) -> tuple | None:
    """What the cookies choose; None with a session, a message or anything else of one person's."""
    chosen = []
    for name, value in sorted(request.COOKIES.items()):
        if name == settings.CSRF_COOKIE_NAME:
            continue
        if value not in settings.PAGE_CACHE_COOKIES.get(name, ()):
            return None
        chosen.append((name, value))
    return tuple(chosen)


@cache
def _release() -> str:
    """Another one when a style or script changed: old pages name files that are gone."""
    return getattr(staticfiles_storage, "manifest_hash", "")
