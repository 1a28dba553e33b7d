"""What every request carries along."""

from functools import partial

import structlog
from allauth.account.adapter import get_adapter

from members.origin import Origin, coming_from

DEVICE_LENGTH = 200


class OriginMiddleware:
    """Lets the audit trail say from where a request came."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with coming_from(partial(origin_of, request)):
            return self.get_response(request)


def origin_of(request) -> Origin:
    member = request.user if request.user.is_authenticated else None
    return Origin(
        member=member,
        address=get_adapter(request).get_client_ip(request),
        device=request.headers.get("user-agent", "")[:DEVICE_LENGTH],
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )
