"""The page editor's form for an article, as a browser posts it."""

from django.urls import reverse


def article_data(title="文章", text="正文", **changes) -> dict:
    data = {
        "title": title,
        "slug": "",
        "summary": "",
        "cover": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "heading",
        "body-0-id": "7b7b7b7b-0000-4000-8000-000000000001",
        "body-0-value": text,
        "tags": "",
        "comment_notifications": "",
    }
    data |= {f"comments-{key}": 0 for key in ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS"]}
    return data | changes


def save(client, page, action: str = "", **changes):
    """Press a button of the page editor: `action-submit`, …; none is 保存草稿."""
    data = article_data(slug=page.slug, **changes) | ({action: "1"} if action else {})
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
