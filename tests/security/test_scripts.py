"""Row: scripts in nicknames, options, rich text, imports.

In real Chromium: tests/browser/test_inert.py. Owners: tests/cms/test_richtext.py, tests/cms/word,
tests/knowledge_base/importing, tests/quizzes.
"""

import pytest
from wagtail.models import Page

from courses.models import LessonPage
from courses.showing import rich
from tests.pages import make_lesson

EVIL = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">点</a>',
    '<svg onload="alert(1)"></svg>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<p onclick="alert(1)" style="background:url(//evil.example)">字</p>',
    '<embed embedtype="media" url="https://evil.example/"/>',
]
LIVE = ("<script>alert", "onerror", "onload", "onclick", "javascript:", "<iframe", "evil.example")


@pytest.mark.parametrize("html", EVIL)
def test_stored_html_is_cleaned_on_its_way_out(html):
    assert [each for each in LIVE if each in rich(f"<p>前</p>{html}<p>后</p>")] == []


@pytest.mark.parametrize("html", EVIL)
def test_lesson_with_scripts_in_its_row_shows_none(client, member, academy, html):
    """Past every form: as a bad import or a hand in the database would leave it."""
    lesson = make_lesson(academy, title="课")
    LessonPage.objects.filter(pk=lesson.pk).update(body=html, points=html)
    Page.objects.filter(pk=lesson.pk).update(title=html)
    shown = client.get(Page.objects.get(pk=lesson.pk).url).content.decode()

    assert html not in shown
