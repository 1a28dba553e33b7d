"""Addresses outside this site: which are plain https links, and to whose host. No Django here.

What a browser and this module could read differently is refused rather than repaired: a name before
an @, a port, a number for a host, a host in other letters, control characters, backslashes.
"""

import re
from urllib.parse import urlsplit

MAX_HOST = 253
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z")
# Controls and blanks would be dropped by a browser, a backslash is read as a slash.
UNREADABLE = re.compile(r"[\x00-\x20\x7f\\]")


class BadAddress(ValueError):
    """`code` says what is wrong: unreadable, scheme, userinfo, port, host."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read_host(address: str) -> str:
    """The host of a plain https address, in small letters. Raises BadAddress."""
    if UNREADABLE.search(address):
        raise BadAddress("unreadable")
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise BadAddress("unreadable") from error
    if parts.scheme != "https":
        raise BadAddress("scheme")
    if "@" in parts.netloc:
        raise BadAddress("userinfo")
    if ":" in parts.netloc:
        raise BadAddress("port")
    return read_domain(parts.netloc)


def read_domain(text: str) -> str:
    """A domain name of at least two labels, in small letters. Raises BadAddress."""
    domain = text.lower()
    labels = domain.split(".")
    is_name = len(domain) <= MAX_HOST and len(labels) > 1 and all(map(LABEL.match, labels))
    # 127.0.0.1, 127.1 and 127.0x1 are numbers to a browser: a name ends in letters.
    if not is_name or not labels[-1].isalpha() or any(each[:4] == "xn--" for each in labels):
        raise BadAddress("host")
    return domain
