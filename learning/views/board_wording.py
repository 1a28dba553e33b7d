"""Lines about one of many boards, for lists and links."""

from django.urls import reverse

from learning.boards.wording import window_text
from learning.models import Plan


def subject_facts(plan: Plan) -> dict:
    return {
        "title": plan.title,
        "url": f"{reverse('learning:board')}?plan={plan.pk}",
        "window_text": window_text(plan),
        "place": plan.federation.name,
        "is_frozen": plan.is_frozen,
    }
