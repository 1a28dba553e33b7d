"""What the templates of other apps' pages show about plans."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from learning.models import FavouritePage
from learning.queries_plans import plan_cards
from members.prepared import Prepared


@hooks.register("page_context:cms.homepage")
@hooks.register("page_context:cms.academypage")
def plans_context(page, request):
    if not request.user.is_authenticated:
        return {"plans": []}
    return {"plans": plan_cards(request.user, timezone.now())}


@hooks.register("page_context:courses.lessonpage")
@hooks.register("page_context:cms.articlepage")
@hooks.register("page_context:knowledge_base.knowledgepage")
def favourite_context(page, request):
    """Whether she keeps this page; visitors have nowhere to keep it."""
    if not request.user.is_authenticated or getattr(request, "is_preview", False):
        return {}
    return {
        "favourite": {
            "url": reverse("learning:mark_favourite", args=[page.pk]),
            "is_kept": bool(_KEPT.rows(member=request.user.pk, page=page.pk)),
        }
    }


def _kept(member: int, page: int) -> QuerySet:
    return FavouritePage.objects.filter(member=member, page=page).values_list("pk")[:1]


# Asked for every lesson that is opened.
_KEPT = Prepared(_kept, member=int, page=int)
