"""Links within the site: whether what they name is there, and open."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import models
from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

from cms.domain.links.content import Found
from cms.links.faults import Fault
from cms.links.places import WEB_PORTS

# These open something on the phone, or a place on the same page.
NOT_ASKED = ("mailto:", "tel:", "sms:", "weixin:", "#")
PAGES = "wagtail_serve"
Host = tuple[str, int]


def own_hosts() -> set[Host]:
    sites = Site.objects.values_list("hostname", "port")
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    return {_host(*site) for site in sites} | {_host(base.hostname, base.port)}


def _host(name: str | None, port: int | None) -> Host:
    # http and https of a site are one.
    return (name or "").lower(), 0 if port in WEB_PORTS else port or 0


def own_path(url: str, hosts: set[Host]) -> str | None:
    """The path of an address of this site; None for one outside."""
    try:
        parts = urlsplit(url)
        is_own = not parts.netloc or _host(parts.hostname, parts.port) in hosts
    except ValueError:
        return None
    if parts.scheme in ("", "http", "https") and is_own:
        return unquote(parts.path) or "/"
    return None


def is_asked(found: Found) -> bool:
    return found.model is not None or not found.target.lower().startswith(NOT_ASKED)


def find_faults(links: Iterable[Found], hosts: set[Host]) -> dict[Found, Fault]:
    """Those of `links` that lead nowhere within the site; a query for each kind of target."""
    by_model = defaultdict(list)
    for found in set(links):
        by_model[found.model].append(found)
    faults: dict[Found, Fault] = {}
    for model, group in by_model.items():
        if model is None:
            faults |= _faults_of_paths(group, hosts)
        elif issubclass(model, Page):
            faults |= _faults_of_pages(group)
        else:
            faults |= _faults_of_files(model, group)
    return faults


def _faults_of_pages(group: list[Found]) -> dict[Found, Fault]:
    live = dict(Page.objects.filter(pk__in=_keys(group)).values_list("pk", "live"))
    states = {found: live.get(_key(found)) for found in group}
    faults = {None: Fault.PAGE_GONE, False: Fault.PAGE_NOT_LIVE}
    return {found: faults[state] for found, state in states.items() if not state}


def _faults_of_files(model: type[models.Model], group: list[Found]) -> dict[Found, Fault]:
    there = {row.pk for row in model._default_manager.filter(pk__in=_keys(group)) if _has_file(row)}
    return {found: Fault.FILE_GONE for found in group if _key(found) not in there}


def _has_file(row: models.Model) -> bool:
    file = row.file
    return bool(file) and file.storage.exists(file.name)


def _keys(group: list[Found]) -> list[int]:
    return [key for key in map(_key, group) if key is not None]


def _key(found: Found) -> int | None:
    return int(found.target) if found.target.isdecimal() and len(found.target) < 19 else None


def _faults_of_paths(group: list[Found], hosts: set[Host]) -> dict[Found, Fault]:
    paths = {found: own_path(found.target, hosts) for found in group}
    pages = {found: path for found, path in paths.items() if path and _is_of_pages(path)}
    live = _live_paths(set(pages.values()))
    return {found: Fault.NO_SUCH_ADDRESS for found, path in pages.items() if path not in live}


def _is_of_pages(path: str) -> bool:
    """Whether the page tree answers at `path`, not a view of ours or a file of the design."""
    if path.startswith(settings.STATIC_URL):
        return False
    # Without its last slash, an address redirects.
    for spelling in (path, f"{path}/"):
        with suppress(Resolver404):
            return resolve(spelling).url_name == PAGES
    return True


def _live_paths(paths: set[str]) -> set[str]:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not paths:
        return set()
    root = site.root_page.url_path
    places = {path: f"{root}{path.strip('/')}/".replace("//", "/") for path in paths}
    live = Page.objects.live().filter(url_path__in=places.values())
    found = set(live.values_list("url_path", flat=True))
    return {path for path, place in places.items() if place in found}
