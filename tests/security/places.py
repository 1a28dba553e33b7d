"""Where a redirect leads, as a browser reads it."""

import re
from urllib.parse import urljoin, urlsplit

HERE = "http://testserver/some/page/"
OURS = ("testserver", "localhost", "127.0.0.1")


def leads_away(location: str) -> bool:
    """Browsers drop tabs and line ends, and take a backslash for a slash."""
    read = re.sub(r"[\t\r\n]", "", location).strip(" ").replace("\\", "/")
    target = urlsplit(urljoin(HERE, re.sub(r"^/{2,}", "//", read)))
    return target.scheme not in ("http", "https") or target.hostname not in OURS
