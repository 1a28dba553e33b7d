"""Which pages the admin shows to whom: its explorer, searches, choosers and its API ask here.

What is live everybody may see, and the sections and columns that take pages from all. A draft is
seen by those who hold a role at its federation or above: others would read its title in a list.
"""

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.kinds import written_kinds
from federations.editing import ANSWERING_ROLES, EDITING_ROLES, within_held

LOOKING_ROLES = (*EDITING_ROLES, *ANSWERING_ROLES)
# What Wagtail's own views call the id of a page.
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "parent_id")


class OwnedPagePolicy(PagePermissionPolicy):
    def explorable_instances(self, user):
        return super().explorable_instances(user).filter(seen_by(user))


def seen_by(user) -> Q:
    """A filter of pages: live, or a draft in her scope."""
    if user.is_superuser:
        return Q()
    return Q(live=True) | Q(pk__in=_drafts_in_scope(user))


def _drafts_in_scope(user):
    mine = within_held(user, "federation__path", roles=LOOKING_ROLES)
    first, *others = [
        model.objects.filter(mine, live=False).order_by().values("pk") for model in written_kinds()
    ]
    return first.union(*others, all=True)


@hooks.register("construct_page_chooser_queryset", order=-10)
def without_foreign_drafts(pages, request):
    return pages.filter(seen_by(request.user))


class UnseenPagesMiddleware:
    """A page that no list shows her does not exist by its address either.

    Some of Wagtail's views name a page before they ask what may be done with it: the explorer its
    parent, a move its destination.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return
        is_page = request.resolver_match.view_name.startswith("wagtailadmin_pages:")
        names = (*PAGE_ARGUMENTS, "pk") if is_page else PAGE_ARGUMENTS
        asked = [kwargs[name] for name in names if name in kwargs]
        # An empty filter would exclude everything from a superuser.
        if asked and request.user.is_authenticated and not request.user.is_superuser:
            unseen = Page.objects.filter(pk__in=asked).exclude(seen_by(request.user))
            if unseen.exists():
                raise Http404
