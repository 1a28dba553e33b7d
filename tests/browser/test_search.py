"""Searching by thumb: suggestions while she types, the article that a word leads to."""

import pytest
from playwright.sync_api import Page, expect

from knowledge_base.models import KnowledgeIndexPage, KnowledgePage

LAW = "中华人民共和国反家庭暴力法"
ARTICLE = "当事人因遭受家庭暴力，向人民法院申请人身安全保护令的，人民法院应当受理。"


@pytest.fixture
def law(scene) -> KnowledgePage:
    body = [("law_article", {"law": LAW, "number": "第二十三条", "text": ARTICLE})]
    category = KnowledgePage.objects.first().category
    page = KnowledgePage(title=LAW, slug="anti", category=category, body=body)
    return KnowledgeIndexPage.objects.get().add_child(instance=page)


def test_letters_are_suggested_for_and_lead_to_the_article(phone: Page, law):
    phone.goto("/")
    phone.locator("#q").press_sequentially("rsaqbhl")
    phone.locator(".suggestions").get_by_text("人身安全保护令", exact=True).click()
    phone.wait_for_url("**/search/?q=*")
    phone.locator("main .item", has_text="第二十三条").click()
    phone.wait_for_url("**#a23")

    expect(phone.locator("#a23")).to_be_in_viewport()


def test_suggestions_go_away_with_the_text(phone: Page, law):
    phone.goto("/search/")
    phone.locator("#q").press_sequentially("反家庭")
    expect(phone.locator(".suggestions")).to_be_visible()
    phone.locator("#q").fill("")

    expect(phone.locator(".suggestions")).to_have_count(0)


def test_form_works_without_a_script(new_context, law):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/")
    page.locator("#q").fill("人身安全保护令")
    page.get_by_role("button", name="搜索").click()

    expect(page.locator("main mark").first).to_have_text("人身安全保护令")


def test_icon_in_the_head_leads_to_the_search(phone: Page, scene):
    phone.goto(scene.article.url)
    phone.get_by_role("link", name="搜索").click()

    expect(phone.locator("#q")).to_be_visible()
