"""What an editor copies in Word, WPS or a WeChat article arrives clean."""

import re
from time import monotonic, sleep

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cms.models import ArticlePage
from tests.browser.conftest import PC, enter
from tests.factories import make_member

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {mso-style-parent:""; font-family:仿宋} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
</head><body lang=ZH-CN><!--StartFragment-->
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span
style='font-size:16.0pt;font-family:仿宋;color:red'>先听她<b
style='mso-bidi-font-weight:normal'>说完</b>
<o:p></o:p></span></p>
<ul><li class=MsoNormal style='mso-list:l0 level1 lfo1'><span lang=EN-US>110</span></li></ul>
<p class=MsoNormal><a href="https://www.gd.gov.cn/"><span lang=EN-US>省政府</span></a>
<a href="javascript:alert(1)">点这里</a><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p>
<!--EndFragment--></body></html>"""
PASTE = """
(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "先听她说完");
  const editor = document.querySelector(".public-DraftEditor-content");
  editor.focus();
  const facts = { clipboardData: data, bubbles: true, cancelable: true };
  editor.dispatchEvent(new ClipboardEvent("paste", facts));
}
"""


@pytest.fixture
def editing(new_context, live_server, scene) -> Page:
    context = new_context(PC)
    enter(context, live_server.url, make_member("管理员", is_staff=True, is_superuser=True))
    article = scene.article
    article.body = [("paragraph", "<p></p>")]
    article.save_revision()
    page = context.new_page()
    page.goto(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    expect(page.locator(".public-DraftEditor-content")).to_be_visible()
    return page


def saved_text(article: ArticlePage) -> str:
    """Once something is saved, without the keys that Draftail gives its paragraphs."""
    deadline = monotonic() + 40
    while not (text := text_of(article)):
        assert monotonic() < deadline, "nothing was saved"
        sleep(0.3)
    return re.sub(' data-block-key="[^"]+"', "", text)


def text_of(article: ArticlePage) -> str:
    latest = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    return "".join(block.value.source for block in latest.body)


def test_text_from_word(editing, scene):
    editing.evaluate(PASTE, WORD)
    expect(editing.locator(".public-DraftEditor-content")).to_contain_text("先听她说完")
    # It keeps what was written a moment later.
    editing.wait_for_timeout(1000)
    editing.get_by_role("button", name="保存草稿").first.click()

    assert saved_text(scene.article) == (
        "<p>先听她<b>说完</b></p><ul><li>110</li></ul>"
        '<p><a href="https://www.gd.gov.cn/">省政府</a> 点这里</p>'
    )
