"""What the templates of other apps' pages show about plans."""

from django.utils import timezone
from wagtail import hooks

from learning.queries_plans import plan_cards


@hooks.register("page_context:cms.homepage")
@hooks.register("page_context:cms.academypage")
def plans_context(page, request):
    if not request.user.is_authenticated:
        return {"plans": []}
    return {"plans": plan_cards(request.user, timezone.now())}
