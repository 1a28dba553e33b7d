"""Where a request may be sent on to: addresses of this site only."""

from django.utils.http import url_has_allowed_host_and_scheme


def is_own_address(request, url: str) -> bool:
    """From this site's root, or whole. A bare word is none: Django's redirect would look for a view
    of that name, and fail."""
    is_whole = url.startswith("/") or "://" in url
    return is_whole and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
