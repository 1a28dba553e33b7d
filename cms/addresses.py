"""What of an address's query names another page, and what only came along with a share."""

import re

from django.conf import settings
from django.http import HttpRequest, QueryDict

# Another content: a search engine keeps these apart.
CONTENT = ("category", "city", "column", "kind", "p", "q", "stage", "tag")
# The same content, opened in another way: a lesson's sound, its 125th second.
WAYS = ("by", "t")
# Left by WeChat and by campaigns; no page reads them.
TRACKING = re.compile(
    r"utm_\w+|from|isappinstalled|scene|ascene|clicktime|enterid|nsukey|wxfrom|pass_ticket"
    r"|share_token|sharer_\w+|spm|fbclid|gclid"
)
LONGEST_VALUE = 100


def content_query(query: QueryDict) -> str:
    """The part of the query that another content stands behind, always in one order."""
    kept = QueryDict(mutable=True)
    for name in CONTENT:
        value = query.get(name, "")
        if value and (name, value) != ("p", "1"):
            kept[name] = value
    return kept.urlencode()


def own_query(query: QueryDict) -> str | None:
    """The query without what tracks; None when it holds something that no page is known to read."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name in CONTENT or name in WAYS:
            if any(len(value) > LONGEST_VALUE for value in values):
                return None
            kept.setlist(name, values)
        elif not TRACKING.fullmatch(name):
            return None
    return kept.urlencode()


def own_address(request: HttpRequest) -> str:
    """Path and query of the page as it is shown, without what tracks."""
    query = own_query(request.GET)
    if query is None:
        return request.get_full_path()
    return f"{request.path}?{query}" if query else request.path


def canonical_address(request: HttpRequest) -> str:
    """The one full address of what is shown."""
    query = content_query(request.GET)
    return absolute(f"{request.path}?{query}" if query else request.path)


def absolute(path: str) -> str:
    """A full address of this site; one that is full already stays."""
    return path if "://" in path else f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
