"""What every page's frame needs: text size, main addresses, who is looking."""

from django.conf import settings
from django.urls import reverse

from cms.addresses import canonical_address, own_address
from cms.chrome import Viewer, section_addresses
from cms.page_cache.tokens import stand_in
from members.text_size import text_size_of


def site_chrome(request):
    user = getattr(request, "user", None)
    facts = {
        "text_size": text_size_of(request),
        # Where a form leads back to: kept pages must not carry one visitor's way here.
        "here": own_address(request),
        "canonical": canonical_address(request),
        "site_icp": settings.SITE_ICP,
        "viewer": Viewer.of(user, is_at_desk=hasattr(request, "desk")) if user else None,
        "nav": {
            "courses_url": reverse("courses:index"),
            "quizzes_url": reverse("quizzes:index"),
            **section_addresses(),
        },
    }
    if getattr(request, "is_for_all", False):
        facts["csrf_token"] = stand_in()
    return facts
