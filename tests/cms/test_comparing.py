"""Versions side by side, as an editor reads them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from cms.comparing import refine, say
from cms.models import ArticlePage
from tests.cms.desk.scene import make_article, make_column
from tests.editors import make_editor


def marked(text: str) -> str:
    """[-cut-] and {+new+} as Wagtail marks them."""
    for mark, kind in (("[-", "deletion"), ("{+", "addition")):
        text = text.replace(mark, f'<span class="{kind}">')
    return text.replace("-]", "</span>").replace("+}", "</span>")


@pytest.mark.parametrize(
    ("coarse", "fine"),
    [
        ("[-人身保护令申请-]{+人身安全保护令申请+}", "人身{+安全+}保护令申请"),
        ("[-共有12人参加-]{+共有21人参加+}", "共有[-12-]{+21+}人参加"),
        # With nothing in common they stand one after the other.
        ("[-春天来了-]{+妇联通知+}", "[-春天来了-]{+妇联通知+}"),
        ("只有{+新的+}和[-旧的-]", "只有{+新的+}和[-旧的-]"),
        ("[-a &lt; b一二三-]{+a &lt; b一二四+}", "a &lt; b一二[-三-]{+四+}"),
    ],
)
def test_changed_characters_are_marked(coarse, fine):
    assert refine(marked(coarse)) == marked(fine)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "没有填"),
        (True, "是"),
        (False, "否"),
        (7, "7"),
        (date(2026, 3, 8), "2026年3月8日"),
        (datetime(2026, 3, 7, 16, 30, tzinfo=UTC), "2026年3月8日 00:30"),
    ],
)
def test_values_are_said_in_words(value, words):
    assert say(value) == words


@pytest.mark.django_db
def test_comparison_of_an_article(client, home, academy, tree):
    """Every kind of block there is: what changed, what is new, and what is gone."""
    column = make_column(home)
    client.force_login(make_editor(home, tree.town))
    body = [
        {"type": "heading", "value": "保护令", "id": "1"},
        {"type": "paragraph", "value": "<p>法院应当在七十二小时内作出。</p>", "id": "2"},
        {"type": "quotation", "value": {"text": "依法申请保护", "source": "甲"}, "id": "3"},
    ]
    page = make_article(column, tree.town, body=body)
    before = page.latest_revision
    body[0]["value"] = "人身保护令"
    body[1]["value"] = "<p>法院应当在二十四小时内作出。</p>"
    body[2]["value"]["source"] = "乙"
    page.body = [*body, {"type": "heading", "value": "新的一节", "id": "4"}]
    page.go_live_at = datetime(2099, 3, 7, 16, 30, tzinfo=UTC)
    after = page.save_revision()

    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, before.pk, after.pk])
    shown = client.get(url).content.decode()

    expected = [
        "{+人身+}保护令",
        "法院应当在[-七-]{+二+}十[-二-]{+四+}小时内作出",
        "[-甲-]{+乙+}",
        "[-没有填-] {+2099年3月8日 00:30+}",
    ]
    assert [text for text in expected if marked(text) not in shown] == []
    assert '<div class="comparison__child-object addition">新的一节</div>' in shown


@pytest.mark.django_db
def test_old_version_comes_back_as_a_draft(client, home, academy, tree):
    column = make_column(home)
    client.force_login(make_editor(home, tree.town))
    page = make_article(column, tree.town, title="旧题")
    old = page.latest_revision
    page.title = "新题"
    page.save_revision().publish()

    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    form = client.get(url).context["form"]

    page = ArticlePage.objects.get(pk=page.pk)
    assert (form["title"].value(), page.title) == ("旧题", "新题")
