"""Who may open which page: what lies below the academy is for committee members only."""

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, TextField
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.queries import academy_paths
from federations import scope


def is_members_only(page: Page) -> bool:
    return any(page.path.startswith(path) for path in academy_paths())


def hidden_paths(member) -> list[str]:
    """Paths below which `member`, who is no committee member, sees nothing: asked for by several
    lists of one page, read once for the person that comes with the request."""
    if not hasattr(member, "_hidden_paths"):
        member._hidden_paths = academy_paths()
    return member._hidden_paths


def may_open(member, page: Page) -> bool:
    """`member` may be anonymous."""
    # For members, who read most, this order takes one query instead of two.
    if scope.is_committee_member(member):
        return True
    return not any(page.path.startswith(path) for path in hidden_paths(member))


def visible_to(member, pages: PageQuerySet) -> PageQuerySet:
    """Those of `pages` that are live and that `member` may open."""
    pages = pages.live()
    if not member.is_authenticated:
        # Wagtail's own privacy settings hold in lists and for files too. Its `public` reads them
        # by a query of its own for each list.
        pages = pages.exclude(_restricted())
    if scope.is_committee_member(member):
        return pages
    hidden = Q(pk__in=[])
    for path in hidden_paths(member):
        hidden |= Q(path__startswith=path)
    return pages.exclude(hidden)


def _restricted() -> Exists:
    """Of a query of pages: those at or below a page that Wagtail's privacy settings close."""
    path = ExpressionWrapper(OuterRef("path"), output_field=TextField())
    closed = PageViewRestriction.objects.annotate(asked=path)
    return Exists(closed.filter(asked__startswith=F("page__path")))
