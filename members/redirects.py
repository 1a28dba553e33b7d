"""Where a request may be sent on to: addresses of this site only."""

from django.utils.http import url_has_allowed_host_and_scheme


def is_own_address(request, url: str) -> bool:
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
