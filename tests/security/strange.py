"""Addresses whose arguments name nothing that could be: far numbers, odd words, ways upward."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, reverse

from tests.config.scope.addresses import all_views

ARGUMENTS = [0, 10**18 - 1, 10**19, "x", "名", "..", "a\x00b", "' --", "9" * 300]
PATHS = [
    *("/media/../../etc/passwd", "/media/%2e%2e/%2e%2e/manage.py", "/media/images/a%00.png"),
    *("/documents/0/x", "/static/..%2f..%2fmanage.py", "/%00/", "/%ff%fe/", "/a%0d%0aX: y/"),
    *("//evil.example/", "/columns//", "/" + "深" * 300 + "/", "/?p=%00", "/search/?q=%00"),
]


def strange_addresses() -> Iterator[str]:
    yield from PATHS
    for number, (name, arguments) in enumerate(all_views()):
        if arguments:
            yield from _reversed(name, arguments, number)


def _reversed(name: str, arguments: tuple[str, ...], number: int) -> Iterator[str]:
    """The first two strange ones that the pattern takes, another two for each view."""
    taken = 0
    for place in range(len(ARGUMENTS)):
        value = ARGUMENTS[(place + number) % len(ARGUMENTS)]
        try:
            url = reverse(name, kwargs=dict.fromkeys(arguments, value))
        except NoReverseMatch:
            continue
        yield url
        taken += 1
        if taken == 2:
            return
