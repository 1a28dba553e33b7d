"""The text size: remembered on the device by a cookie, and with the member for her next device."""

from members.models import TextSize

COOKIE = "text_size"
COOKIE_AGE = 60 * 60 * 24 * 365 * 2


def text_size_of(request) -> str:
    """The chosen size, '' for standard; the device's own choice goes before the member's."""
    chosen = request.COOKIES.get(COOKIE)
    if chosen is not None:
        return chosen if chosen in TextSize.values else TextSize.STANDARD
    user = getattr(request, "user", None)
    return getattr(user, "text_size", TextSize.STANDARD)
