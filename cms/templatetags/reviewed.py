"""Who reviewed a page, for components/reviewed_by.html."""

from django import template

from cms.reviews import Foot, foot_of

register = template.Library()


@register.simple_tag(takes_context=True)
def review_foot(context, page) -> Foot:
    """A draft that is looked at in the admin has no reviewers yet: its owner alone is named."""
    if getattr(context.get("request"), "is_preview", False) or not page.live:
        return Foot(page.federation.title if page.federation else "")
    return foot_of(page)
