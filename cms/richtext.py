"""Rich text is cleaned before it is kept: only what the editor's own features can make. Pure.

Wagtail's converter answers for what its own editor sends; imports, the shell and pasted source have
nobody to answer for them, and Wagtail's rendering passes whatever is stored.
"""

import re
from collections.abc import Iterable

import nh3

# What a text field offers where nothing else is said.
TEXT_FEATURES = ("bold", "ol", "ul", "link", "document-link")
TAGS = {
    "h2": {"h2"},
    "h3": {"h3"},
    "h4": {"h4"},
    "bold": {"b", "strong"},
    "italic": {"i", "em"},
    "ol": {"ol", "li"},
    "ul": {"ul", "li"},
    "link": {"a"},
    "document-link": {"a"},
    "hr": {"hr"},
}
ALWAYS = {"p", "br"}
# Bounded: a run of blanks must not be tried from every one of them.
BLANKS = r"(?:\s|&nbsp;|<br/>){1,99}"
EMPTY = re.compile(rf"<p(?: [^>]*)?>(?:{BLANKS})?</p>")
LEADING = re.compile(rf"(<(?:p|li|h[2-4])(?: [^>]*)?>){BLANKS}")
TRAILING = re.compile(rf"{BLANKS}(</(?:p|li|h[2-4])>)")
LINK_KINDS = {"page", "document"}
SCHEMES = {"http", "https", "mailto", "tel"}
# nh3 writes <br>; Wagtail's search text knows <br/>.
VOID = re.compile(r"<(br|hr)>")
# What is left of a link that led nowhere good.
BARE_LINK = re.compile(r'<a(?: id="\d+")?>(.*?)</a>', re.DOTALL)


def clean_rich_text(html: str, features: Iterable[str]) -> str:
    """`html` with the tags of `features` alone; the words of other tags stay, scripts do not."""
    if "<" not in html and "&" not in html:
        return html
    tags = ALWAYS.union(*(TAGS.get(feature, ()) for feature in features))
    cleaned = nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href", "linktype", "id"}, "*": {"data-block-key"}},
        attribute_filter=_keep,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return BARE_LINK.sub(r"\1", VOID.sub(r"<\1/>", cleaned))


def tidy(html: str) -> str:
    """Clean rich text without empty paragraphs and the blanks that indent and end them in Word."""
    return EMPTY.sub("", TRAILING.sub(r"\1", LEADING.sub(r"\1", html)))


def _keep(_tag: str, name: str, value: str) -> str | None:
    """Links to pages and documents name them by number; Word's anchors are nobody's."""
    if name == "linktype":
        return value if value in LINK_KINDS else None
    if name == "id":
        return value if value.isascii() and value.isdecimal() else None
    return value
