"""Every visitor's own CSRF token in pages that are made once for all.

Such a page carries a stand-in (cms.context_processors), which nobody outside can know, as long as
a token; it is replaced when the page is sent.
"""

from functools import cache
from zlib import crc32

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.crypto import salted_hmac


@cache
def stand_in() -> str:
    return salted_hmac("cms.page_cache", "token", algorithm="sha256").hexdigest()


def put_token(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with her token, and with the cookie that it belongs to."""
    if response.streaming or stand_in().encode() not in response.content:
        return response

    def fill(request):
        token = get_token(request)
        response.content = response.content.replace(stand_in().encode(), token.encode())
        return response

    # Django's own: reads her cookie before, sets it after.
    return CsrfViewMiddleware(fill)(request)


def mark_of(request: HttpRequest) -> str:
    """Another one when her cookie is: a page with an old token must not be told to be unchanged."""
    return f"{crc32(request.COOKIES.get(settings.CSRF_COOKIE_NAME, '').encode()):x}"
