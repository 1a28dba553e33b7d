"""How far a recording is, on the library's own page, whose view cannot be told to say it."""

from django import template

from courses.admin_views.media import media_facts
from courses.models import LessonMedia

register = template.Library()


@register.inclusion_tag("admin_courses/media_state.html", takes_context=True)
def media_state(context, media: LessonMedia) -> dict:
    return {"csrf_token": context.get("csrf_token"), **media_facts(media)}
