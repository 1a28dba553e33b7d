"""The 错题本 on pages of other apps: how many questions are due."""

from django.utils import timezone
from wagtail import hooks

from quizzes.queries_mistakes import count_due


def mistakes_context(request) -> dict:
    """What `pages/mistakes/_entry.html` shows: one query, none for a visitor."""
    if not request.user.is_authenticated:
        return {}
    return {"mistakes_due": count_due(request.user, timezone.now())}


@hooks.register("my_page_context")
def my_page_context(request):
    return mistakes_context(request)
