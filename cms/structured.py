"""Facts for search engines in the words of schema.org. Pure: values in, dicts out."""

from collections.abc import Iterable
from datetime import datetime

CONTEXT = "https://schema.org"


def breadcrumbs(places: Iterable[tuple[str, str]]) -> dict:
    """`places` are (title, full address) from the front page down to the page itself."""
    items = [
        {"@type": "ListItem", "position": number, "name": title, "item": address}
        for number, (title, address) in enumerate(places, start=1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def page_facts(
    *,
    kind: str,
    title: str,
    description: str,
    address: str,
    image: str,
    publisher: str,
    published: datetime | None,
    changed: datetime | None,
) -> dict:
    """`kind` is a schema.org type: Article, WebPage, Course …"""
    facts = {
        "@context": CONTEXT,
        "@type": kind,
        "name": title,
        "description": description,
        "url": address,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": publisher},
    }
    if kind == "Article":
        facts |= {"headline": title[:110], "image": [image], "author": facts["publisher"]}
    if published:
        facts |= {"datePublished": published.isoformat(timespec="seconds")}
        facts |= {"dateModified": (changed or published).isoformat(timespec="seconds")}
    return facts


def video_facts(
    *, title: str, description: str, address: str, poster: str, published: datetime, seconds: float
) -> dict:
    """A film that plays at `address`."""
    minutes, rest = divmod(round(seconds), 60)
    return {
        "@context": CONTEXT,
        "@type": "VideoObject",
        "name": title,
        "description": description,
        "contentUrl": address,
        "thumbnailUrl": [poster],
        "uploadDate": published.isoformat(timespec="seconds"),
        "duration": f"PT{minutes}M{rest}S",
        "inLanguage": "zh-CN",
    }
