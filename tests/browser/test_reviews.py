"""An editor writes and is refused, corrects, and three people pass it, one of them on a phone."""

from time import monotonic

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cms.domain.reviews.rounds import current_state
from cms.models import ArticlePage, SensitiveWord
from cms.words.matching import fold_word
from tests.browser.conftest import PC, PHONE, enter
from tests.cms.reviewing import make_desk
from tests.editors import decide_next


@pytest.fixture
def desk(home, tree):
    SensitiveWord.objects.create(
        word="最佳", folded=fold_word("最佳"), advice="广告法不许用，改为“很好”"
    )
    return make_desk(home, tree.town, tree.province)


@pytest.fixture
def open_as(new_context, live_server):
    def open_page(member, viewport=PC) -> Page:
        context = new_context(viewport)
        enter(context, live_server.url, member)
        return context.new_page()

    return open_page


def submit(page: Page) -> None:
    page.locator("footer").get_by_role("button", name="更多动作").click()
    page.get_by_role("button", name="提交审核").click()


def write(page: Page, desk) -> None:
    page.goto(reverse("wagtailadmin_pages:add", args=["cms", "articlepage", desk.column.pk]))
    page.fill("[name=title]", "最佳家庭评选开始了")
    page.fill("[name=summary]", "推荐身边的好家庭")
    submit(page)
    expect(page.locator("main")).to_contain_text("广告法不许用")


def test_from_the_first_draft_to_the_reader(open_as, desk):
    editor = open_as(desk.author)
    write(editor, desk)
    editor.locator("[name=word_reason]").fill("活动的名称")
    editor.get_by_role("button", name="都核对过了，提交审核").click()
    expect(editor.locator(".messages")).to_contain_text("已提交审核")

    phone = open_as(desk.reviewers[0], PHONE)
    phone.goto(reverse("review_list"))
    phone.get_by_role("link", name="最佳家庭评选开始了").click()
    expect(phone.locator("main")).to_contain_text("活动的名称")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator("[name=reason]").fill("写上截止日期")
    phone.get_by_role("button", name="退回修改").click()
    expect(phone.locator(".messages")).to_contain_text("已退回给作者修改")

    article = ArticlePage.objects.get()
    editor.goto(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    expect(editor.locator(".messages")).to_contain_text("初审退回修改：写上截止日期")
    editor.fill("[name=title]", "好家庭评选开始了，月底截止")
    submit(editor)
    expect(editor.locator(".messages")).to_contain_text("提交")
    reader = open_as(None, PHONE)
    reader.goto(f"{reverse('search')}?q=月底截止")
    expect(reader.locator("main .item")).to_have_count(0)
    for reviewer in desk.reviewers:
        decide_next(article, reviewer)

    # Who has just found nothing finds it as soon as it is published.
    published_at = monotonic()
    reader.reload()
    reader.locator("main .item").click()
    expect(reader.locator(".reviewed")).to_contain_text("终审：赵终审")
    assert monotonic() - published_at < 10


def test_reviewer_decides_on_a_phone(open_as, desk):
    article = desk.draft(title="好家风")
    article.save_revision(user=desk.author)
    article.get_workflow().start(article, desk.author)
    phone = open_as(desk.reviewers[0], PHONE)

    phone.goto(reverse("review", args=[current_state(article).pk]))
    phone.get_by_role("button", name="通过").click()

    expect(phone.locator(".messages")).to_contain_text("初审通过，接着复审")
