"""Where a question is explained: a lesson's second, an entry's paragraph, a law's article."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.article_numbers import typed_anchor
from cms.passages import read_passages
from quizzes.models import Question


def explanation_link(question: Question) -> dict | None:
    """{"url", "text"} of what explains the question; None when nothing does, or no longer.

    Takes no query when the question came with `select_related("explained_by")`.
    """
    page = question.explained_by
    if page is None or not page.live:
        return None
    if anchor := typed_anchor(question.explained_article):
        return _at_article(page, anchor)
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


def _at_article(page: Page, anchor: str) -> dict:
    text = _("看讲解：%(title)s（%(article)s）")
    facts = {"title": page.title, "article": _name_article(anchor)}
    return {"url": f"{page.url}#{anchor}", "text": text % facts}


def _name_article(anchor: str) -> str:
    """`a23-1` is 第 23 条之 1."""
    number, _dash, inserted = anchor[1:].partition("-")
    name = _("第 %s 条") % number
    return name + _("之 %s") % inserted if inserted else name


def has_article(page: Page, number: str) -> bool:
    """Whether the page holds the article of a law with this number."""
    body = getattr(page.specific, "body", None)
    passages = read_passages(getattr(body, "raw_data", ()))
    return bool(anchor := typed_anchor(number)) and any(each.anchor == anchor for each in passages)
