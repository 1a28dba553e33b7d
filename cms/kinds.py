"""The kinds of content there are, whichever app they come from."""

from functools import cache

from django.db.models import Q
from wagtail.models import Page, get_page_models
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from cms.models import BasePage
from federations.editing import edits_whole_platform, is_editor, within_edited


@cache
def content_kinds() -> tuple[type[BasePage], ...]:
    return tuple(model for model in get_page_models() if issubclass(model, BasePage))


def written_kinds() -> list[type[BasePage]]:
    """Without the front page and the sections, of which there is one each."""
    return [model for model in content_kinds() if model.max_count != 1]


def looked_after_by(user) -> PageQuerySet:
    """Pages that an editor may edit: cms.ownership's rule as a filter."""
    if not is_editor(user):
        return Page.objects.none()
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    if edits_whole_platform(user):
        return pages
    owned = Q(pk__in=[])
    for model in content_kinds():
        owned |= Q(pk__in=model.objects.filter(within_edited(user, "federation")).values("pk"))
    return pages.filter(owned)


def owner_names(page_ids) -> dict[int, str]:
    """The name of the federation that owns each page; one query for all kinds."""
    page_ids = list(page_ids)
    if not page_ids:
        return {}
    kinds = [
        model.objects.filter(pk__in=page_ids, federation__isnull=False)
        .order_by()
        .values_list("pk", "federation__name")
        for model in content_kinds()
    ]
    first, *others = kinds
    return dict(first.union(*others, all=True))
