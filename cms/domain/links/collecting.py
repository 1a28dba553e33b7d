"""Writing down where the live pages link to."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils.encoding import iri_to_uri
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.domain.links.content import Found, find_links
from cms.domain.links.inside import Host, find_faults, is_asked, own_hosts, own_path
from cms.kinds import content_kinds
from cms.links.faults import Fault
from cms.links.places import LONGEST
from cms.models import OutsideAddress, PageLink
from cms.models.links import LONGEST_TARGET

BATCH = 200
# A little less: the nightly run comes at about the same minute.
WEEK = timedelta(days=6, hours=12)


def collect_all(*, now: datetime) -> int:
    """Every live page's links; addresses not asked for a week become due. Returns the pages."""
    count = 0
    for model in content_kinds():
        for batch in _batches(model.objects.live().order_by("pk")):
            count += len(batch)
            collect_links(batch, now=now)
    PageLink.objects.filter(page__live=False).delete()
    OutsideAddress.objects.filter(links=None).delete()
    stale = OutsideAddress.objects.filter(due_at=None, checked_at__lte=now - WEEK)
    stale.update(due_at=now)
    return count


def _batches(pages: PageQuerySet) -> Iterator[list[Page]]:
    rows = pages.iterator(BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch


@transaction.atomic
def collect_links(pages: list[Page], *, now: datetime) -> None:
    """The links of these specific pages, all of one kind, in place of what was known of them."""
    found = {
        page_id: {_target(each): each for each in links if is_asked(each)}
        for page_id, links in find_links(pages).items()
    }
    hosts = own_hosts()
    faults = find_faults({each for links in found.values() for each in links.values()}, hosts)
    addresses = _save_addresses(found.values(), hosts, now)
    wanted = [
        PageLink(
            page_id=page_id,
            target=target,
            words=each.words[:120],
            address=addresses.get(each),
            fault=faults.get(each, _fault_of_spelling(each, hosts)),
        )
        for page_id, links in found.items()
        for target, each in links.items()
    ]
    _replace(pages, wanted)


def _replace(pages: list[Page], wanted: list[PageLink]) -> None:
    """What was ignored stays so."""
    kept = {(link.page_id, link.target) for link in wanted}
    known = PageLink.objects.filter(page__in=[page.pk for page in pages])
    rows = known.values_list("pk", "page_id", "target")
    gone = [pk for pk, page_id, target in rows if (page_id, target) not in kept]
    PageLink.objects.filter(pk__in=gone).delete()
    PageLink.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["page", "target"],
        update_fields=["words", "address", "fault"],
    )


def _target(found: Found) -> str:
    if found.model is None:
        return found.target[:LONGEST_TARGET]
    return f"{found.model._meta.model_name}:{found.target}"[:LONGEST_TARGET]


def _url_of(found: Found, hosts: set[Host]) -> str | None:
    """The address outside that the link names, spelled in ASCII; None within the site."""
    if found.model is not None or own_path(found.target, hosts) is not None:
        return None
    url = found.target
    # The part after # is the browser's own.
    return iri_to_uri(f"https:{url}" if url.startswith("//") else url).partition("#")[0]


def _fault_of_spelling(found: Found, hosts: set[Host]) -> str:
    url = _url_of(found, hosts)
    return Fault.MALFORMED if url is not None and len(url) > LONGEST else ""


def _save_addresses(
    groups: Iterable[dict[str, Found]], hosts: set[Host], now: datetime
) -> dict[Found, OutsideAddress]:
    urls = {
        found: url
        for links in groups
        for found in links.values()
        if (url := _url_of(found, hosts)) is not None and len(url) <= LONGEST
    }
    rows = [OutsideAddress(url=url, due_at=now) for url in sorted(set(urls.values()))]
    OutsideAddress.objects.bulk_create(rows, ignore_conflicts=True)
    known = {row.url: row for row in OutsideAddress.objects.filter(url__in=set(urls.values()))}
    return {found: known[url] for found, url in urls.items()}
