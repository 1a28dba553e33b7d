"""What every page's frame needs: text size, main addresses, who is looking."""

from django.conf import settings
from django.urls import reverse

from cms.chrome import Viewer, section_addresses
from members.text_size import text_size_of


def site_chrome(request):
    user = getattr(request, "user", None)
    return {
        "text_size": text_size_of(request),
        "site_icp": settings.SITE_ICP,
        "viewer": Viewer.of(user) if user else None,
        "nav": {
            "courses_url": reverse("courses:index"),
            "quizzes_url": reverse("quizzes:index"),
            **section_addresses(),
        },
    }
