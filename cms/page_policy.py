"""Which pages the admin lists to whom: its explorer, searches, choosers and its API ask here.

What is live everybody may see, and the sections and columns that take pages from all. A draft is
seen by those who hold a role at its federation or above: others would read its title in a list.
"""

from django.db.models import Q
from wagtail import hooks
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.kinds import written_kinds
from federations.editing import ANSWERING_ROLES, EDITING_ROLES, within_held

LOOKING_ROLES = (*EDITING_ROLES, *ANSWERING_ROLES)


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
