"""Articles of several federations."""

from itertools import count

from wagtail.models import Page

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from tests.editors import decide_next

numbers = count(1)


def make_column(home) -> ColumnPage:
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(instance=ColumnPage(title="维权", slug="rights", summary="栏目"))


def make_article(column, federation, **fields) -> ArticlePage:
    """Complete but for the cover; live unless told otherwise."""
    number = next(numbers)
    facts = {
        "title": f"文章{number}",
        "slug": f"article-{number}",
        "summary": "摘要",
        "body": [("heading", "小标题")],
    }
    page = column.add_child(instance=ArticlePage(federation=federation, **facts | fields))
    page.save_revision(user=fields.get("owner"), log_action=True)
    if page.live:
        page.get_latest_revision().publish()
    # As it is in the database, with its revision.
    return ArticlePage.objects.get(pk=page.pk)


def send_back(page: Page, *, by, reason: str) -> None:
    decide_next(page, by, is_approved=False, reason=reason)
