"""What the editors' page shows: an article, a recording, a lesson, a question and a quiz."""

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page

STEM = "妇女维权公益服务热线的号码是？"
Keep = Callable[[Page, str], None]


def take_editor_pictures(page: Page, keep: Keep) -> None:
    page.goto("/admin/")
    page.click(".sidebar button:has-text('内容')")
    keep(page, "editor-menu")
    for take in (
        take_article,
        take_schedule,
        take_recording,
        take_lesson,
        take_question,
        take_quiz,
    ):
        take(page, keep)


def open_children(page: Page, *titles: str) -> None:
    """From the home page's children downward, by the arrow beside each title."""
    page.goto("/admin/pages/")
    for title in titles:
        page.click(f"a[title=\"查看'{title}'的子页面\"]")
        page.wait_for_selector(f"h1:has-text('{title}')")


def add_child(page: Page, kind: str = "") -> None:
    page.locator("a[href*='add_subpage']").first.click()
    if kind:
        page.locator(f"main a:has-text('{kind}')").first.click()
    page.wait_for_selector("[name=title]")


def take_article(page: Page, keep: Keep) -> None:
    open_children(page, "主题栏目", "维权普法")
    keep(page, "editor-column")
    add_child(page, "文章")
    page.fill("[name=title]", "三八维权周：这些热线请记好")
    page.fill("[name=summary]", "遇到家暴、欠薪、孩子受欺负，先打哪个电话，一页记清。")
    page.locator(".c-sf-add-button").first.click()
    keep(page, "editor-blocks")
    page.click("[role=option]:has-text('正文')")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("妇女维权服务热线 12338，全省都能打。有危险先打 110。")
    page.click("[data-side-panel-toggle=preview]")
    page.wait_for_timeout(4000)
    keep(page, "editor-preview")
    page.click("[data-side-panel-toggle=preview]")
    page.click("footer button:has-text('更多动作')")
    submit(page)


def submit(page: Page) -> None:
    """Three others decide; an editor publishes nothing herself."""
    if not page.locator("[name=action-submit]").is_visible():
        page.click("footer button:has-text('更多动作')")
    page.click("[name=action-submit]")
    page.wait_for_selector(".messages .success")


def take_schedule(page: Page, keep: Keep) -> None:
    page.click("main table a:has-text('三八维权周')")
    page.click("[data-side-panel-toggle=status]")
    page.locator("[data-side-panel=status] button:has-text('计划')").first.click()
    page.fill("[name=go_live_at]", f"{date.today() + timedelta(days=30)} 08:00")
    keep(page, "editor-schedule")
    page.goto("/admin/")


def close_side_panel(page: Page) -> None:
    """The admin remembers the panel that was open last."""
    if page.locator("[data-side-panel=status]").is_visible():
        page.click("[data-side-panel-toggle=status]")


def take_recording(page: Page, keep: Keep) -> None:
    page.goto("/admin/media/video/add/")
    page.fill("[name=title]", "议事会开场怎么说")
    keep(page, "editor-recording")


def take_lesson(page: Page, keep: Keep) -> None:
    open_children(page, "执委学堂", "反家暴与维权实务")
    add_child(page, "微课")
    close_side_panel(page)
    page.fill("[name=title]", "议事会开场怎么说")
    page.fill("[name=summary]", "主持人的第一分钟，说好三句话。")
    page.click("button:has-text('选择音视频')")
    page.locator(".modal tbody a").first.click()
    page.wait_for_selector(".modal", state="hidden")
    page.fill("[name=points]", "先报时间，准时散会\n一事一议，先听后说\n人人开口，记下来再散")
    page.evaluate("window.scrollTo(0, 330)")
    keep(page, "editor-lesson")


def take_question(page: Page, keep: Keep) -> None:
    page.goto("/admin/question/new/")
    page.select_option("[name=bank]", label="维权普法题库")
    page.select_option("[name=type]", label="单选题")
    page.fill("[name=stem]", STEM)
    page.fill("[name=options]", "12338\n12345\n12315\n12306")
    page.fill("[name=answer]", "A")
    page.fill("[name=explanation]", "12338 是全国妇联系统的维权热线。")
    page.evaluate("window.scrollTo(0, 120)")
    keep(page, "editor-question")
    page.click("main form button:has-text('创建')")
    page.wait_for_selector(".messages .success")


def take_quiz(page: Page, keep: Keep) -> None:
    open_children(page, "执委学堂")
    add_child(page, "测验")
    close_side_panel(page)
    page.fill("[name=title]", "三八维权周小测")
    page.click("button:has-text('添加固定试题')")
    page.click("button:has-text('选择试题')")
    page.wait_for_selector(".modal table a")
    keep(page, "editor-choose-question")
    page.click(f".modal a:has-text('{STEM}')")
    page.wait_for_selector(".modal", state="hidden")
    page.click("button:has-text('添加随机抽题')")
    page.select_option("[name='draws-0-bank']", label="维权普法题库")
    page.evaluate("window.scrollTo(0, 300)")
    keep(page, "editor-quiz")
    submit(page)
