"""Where a question is explained: the second of a lesson, or the paragraph of an entry."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from quizzes.models import Question


def explanation_link(question: Question) -> dict | None:
    """{"url", "text"} of what explains the question; None when nothing does, or no longer.

    Takes no query when the question came with `select_related("explained_by")`.
    """
    page = question.explained_by
    if page is None or not page.live:
        return None
    if question.explained_at is None:
        return {"url": page.url, "text": _("看讲解：%s") % page.title}
    if plays_in_time(page):
        return _at_second(page, question.explained_at)
    return _at_paragraph(page, question.explained_at)


def plays_in_time(page: Page) -> bool:
    """Whether places in the page are seconds: it is of a kind that holds a recording."""
    return hasattr(page.specific_class, "media")


def _at_second(page: Page, second: int) -> dict:
    moment = f"{second // 60}:{second % 60:02d}"
    text = _("看讲解：%(title)s（从 %(moment)s 起）") % {"title": page.title, "moment": moment}
    return {"url": f"{page.url}?t={second}", "text": text}


def _at_paragraph(page: Page, number: int) -> dict:
    text = _("看讲解：%(title)s（第 %(number)d 段）") % {"title": page.title, "number": number}
    return {"url": f"{page.url}#p{number}", "text": text}
