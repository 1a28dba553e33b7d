"""A law in real Chromium: found by number, linked by article, judged by its reader."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from knowledge_base.domain.importing import import_entry
from knowledge_base.importing.laws import read_law
from knowledge_base.models import Feedback, KnowledgePage
from tests.browser.conftest import PC, PHONE
from tests.browser.looking import find_axe_faults, find_size_faults

LAW = """# 某法

2015年12月27日 某会议通过

2018年12月29日 某会议修正

2020年12月29日 某会议修正

2022年12月29日 某会议修订

<!-- INFO END -->

## 第一章 总则
"""
SIZES = {"": (12, 44), "l": (12, 44), "xl": (18, 60)}


@pytest.fixture
def law(scene) -> KnowledgePage:
    articles = [f"第{number}条 正文。\n\n第二款。" for number in range(1, 31)]
    articles[10:10] = ["## 第二章 保护令", "### 第一节 申请"]
    entry = read_law(LAW + "\n\n".join(articles))
    import_entry(entry=entry, index=scene.knowledge, category=scene.category, now=timezone.now())
    return KnowledgePage.objects.get(title="某法")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


@pytest.mark.parametrize("viewport", [PHONE, PC], ids=["phone", "pc"])
@pytest.mark.parametrize("size", SIZES)
def test_law_has_no_faults_with_everything_unfolded(new_context, live_server, law, viewport, size):
    context = new_context(viewport)
    context.add_cookies([{"name": "text_size", "value": size, "url": live_server.url}])
    page = context.new_page()
    page.goto(law.url)
    unfold(page)
    text, target = SIZES[size]

    assert find_size_faults(page, smallest_text=text, smallest_target=target) == []
    assert find_axe_faults(page) == []


def test_article_is_found_by_its_number_without_a_script(new_context, law):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(law.url)
    page.locator("details.toc > summary").click()
    page.locator("details.toc input").fill("二十三")
    page.locator("details.toc button").click()

    assert page.url.endswith(f"{law.url}#a23")


def test_chapter_unfolds_to_its_articles(phone, law):
    phone.goto(law.url)
    phone.locator("details.toc > summary").click()
    phone.locator("details.toc").get_by_text("第二章 保护令").click()
    phone.locator("details.toc").get_by_role("link", name="第12条").click()

    assert phone.url.endswith(f"{law.url}#a12")


def test_contents_stay_in_sight_on_a_pc(new_context, law):
    page = new_context(PC).new_page()
    page.goto(f"{law.url}#a30")

    expect(page.locator("nav.toc")).to_be_in_viewport()


def test_link_of_an_article_is_copied(new_context, live_server, law):
    context = new_context(PC, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(law.url)
    page.locator("#a12 .to-here").click()

    expect(page.locator("#a12 .to-here")).to_contain_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{live_server.url}{law.url}#a12"


@pytest.mark.parametrize("has_script", [True, False])
def test_visitor_says_what_she_missed(new_context, law, has_script):
    page = new_context(java_script_enabled=has_script).new_page()
    page.goto(law.url)
    page.locator("#feedback").get_by_role("link", name="没用").click()
    page.locator("#feedback textarea").fill("缺附则")
    page.locator("#feedback").get_by_role("button", name="提交").click()

    expect(page.locator("#feedback [role=status]")).to_contain_text("谢谢，已经记下。")
    assert list(Feedback.objects.values_list("is_useful", "words")) == [(False, "缺附则")]
