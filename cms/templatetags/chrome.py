"""Pieces of every page's frame that look the same for everybody: made once for each process."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

ICON = (
    '<svg class="ic{cls}" aria-hidden="true" focusable="false">'
    '<use href="{file}#i-{name}" xlink:href="{file}#i-{name}"></use></svg>'
)


@register.simple_tag
@cache
def icon(name: str, cls: str = "") -> SafeString:
    """A picture of static/icons.svg; whoever needs a word says it beside."""
    return format_html(ICON, file=static("icons.svg"), name=name, cls=f" {cls}" if cls else "")


@register.simple_tag(takes_context=True)
def page_messages(context) -> list:
    """What is said at the top of the page; the rest stands beside what it is about."""
    messages = context.get("messages")
    # Going through none would still send a cookie that takes them back.
    return [each for each in messages if "tools" not in each.tags] if messages else []


@register.simple_tag(takes_context=True)
def tabs(context) -> SafeString:
    """The main navigation, with the page's own `tab` marked."""
    nav, viewer = context.get("nav", {}), context.get("viewer")
    return _render_tabs(
        context.get("tab", ""),
        nav.get("courses_url", ""),
        nav.get("quizzes_url", ""),
        bool(viewer and viewer.is_staff),
        # Members' pages do not ask: hers stands on 我的 too.
        bool(viewer and viewer.is_staff and viewer.has_desk),
        get_language(),
    )


# A page names one of a handful of tabs, so the cache stays small.
@cache
def _render_tabs(
    tab: str, courses_url: str, quizzes_url: str, is_staff: bool, has_desk: bool, _language: str
):
    facts = {"tab": tab, "courses_url": courses_url, "quizzes_url": quizzes_url}
    facts |= {"is_staff": is_staff, "has_desk": has_desk}
    return render_to_string("components/tabs.html", facts)
