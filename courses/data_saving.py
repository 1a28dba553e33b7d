"""Low-data mode (省流量): chosen on the device; without a choice the browser's own wish counts."""

COOKIE = "saves_data"
COOKIE_AGE = 60 * 60 * 24 * 365 * 2
VALUES = ("0", "1")


def saves_data(request) -> bool:
    chosen = request.COOKIES.get(COOKIE)
    if chosen in VALUES:
        return chosen == "1"
    return request.headers.get("Save-Data", "").lower() == "on"
