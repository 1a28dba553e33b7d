"""What every page's head says to WeChat and to search engines."""

from django.core.cache import cache
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from cms.addresses import absolute, canonical_address
from cms.queries import academy_paths
from cms.sharing import ShareCard, card_of, site_card
from cms.structured import breadcrumbs, page_facts

PATHS_CACHE_KEY, PATHS_CACHE_SECONDS = "academy-paths", 60


@hooks.register("page_context")
def share_context(page, request) -> dict:
    """A page of the academy says nothing of itself outside: members share its address alone."""
    if lies_in_academy(page):
        return {"share": site_card()}
    card = card_of(page)
    # Search engines are visitors; nobody else reads it.
    is_read = not request.user.is_authenticated and not getattr(request, "is_preview", False)
    return {"share": card, "structured": structured_facts(page, card, request) if is_read else []}


def lies_in_academy(page: Page) -> bool:
    """For what is said of a page, not for who may open it (cms.access): a minute old at most."""
    paths = cache.get_or_set(PATHS_CACHE_KEY, academy_paths, PATHS_CACHE_SECONDS)
    return page.path.startswith(tuple(paths))


def structured_facts(page: Page, card: ShareCard, request) -> list[dict]:
    facts = page_facts(
        kind=page.schema_type,
        title=page.title,
        description=card.description,
        address=canonical_address(request),
        image=card.image,
        publisher=page.federation.title if page.federation else _("广东省妇女联合会"),
        published=page.first_published_at and localtime(page.first_published_at),
        changed=page.last_published_at and localtime(page.last_published_at),
    )
    # The tree's root is no page, and the front page's way to itself says nothing.
    above = page.get_ancestors(inclusive=True).live().filter(depth__gt=1)
    places = [(each.title, absolute(each.get_url(request) or "/")) for each in above]
    return [facts, breadcrumbs(places)] if len(places) > 1 else [facts]
