"""The guide's pictures: each flow is walked as the page of the guide tells it."""

from pathlib import Path

from camera import EDITOR, MEMBER, PC, PHONE, STAFF, open_page, shoot
from guide_editor import take_editor_pictures
from playwright.sync_api import Browser, Page
from quiz_run import answer_question, open_quiz, start_attempt

FOLDER = Path(__file__).parent.parent / "guide" / "pictures"
PHONE_WIDTH, PC_WIDTH = 585, 960


def take_guide_pictures(browser: Browser, site: str) -> None:
    with open_page(browser, site, PHONE) as page:
        take_sign_in_pictures(page)
    with open_page(browser, site, PHONE, MEMBER) as page:
        take_member_pictures(page)
    with open_page(browser, site, PC, EDITOR) as page:
        take_editor_pictures(page, keep_wide)
    with open_page(browser, site, PC, STAFF) as page:
        take_staff_pictures(page)


def keep_narrow(page: Page, name: str) -> None:
    shoot(page, FOLDER / f"{name}.png", width=PHONE_WIDTH)


def keep_wide(page: Page, name: str) -> None:
    shoot(page, FOLDER / f"{name}.png", width=PC_WIDTH)


def take_sign_in_pictures(page: Page) -> None:
    page.goto("/accounts/login/")
    keep_narrow(page, "sign-in")
    page.click("text=短信验证码登录")
    page.fill("[name=phone]", MEMBER)
    page.check("[name=agree]")
    page.click("text=获取验证码")
    page.wait_for_selector("[name=code]")
    keep_narrow(page, "sign-in-code")


def take_member_pictures(page: Page) -> None:
    open_quiz(page, "家庭教育随手练")
    keep_narrow(page, "quiz-start")
    start_attempt(page)
    page.context.set_offline(True)
    answer_question(page, [])
    page.wait_for_selector("[data-saved].is-off")
    page.wait_for_timeout(300)
    keep_narrow(page, "quiz-offline")
    page.context.set_offline(False)
    page.wait_for_selector(".saved:has-text('答案已保存')")
    page.goto(f"{page.url.split('/attempts/')[0]}/attempts/{attempt_of(page)}/finish/")
    keep_narrow(page, "quiz-finish")
    page.goto("/board/")
    page.click(".rank tr.mine a")
    page.wait_for_selector("h2:has-text('梅州市')")
    page.locator(".rank").first.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.tools').scrollIntoView()")
    keep_narrow(page, "board-mine")
    page.goto("/me/")
    page.evaluate("document.querySelector('main form[data-text-size]').scrollIntoView(false)")
    page.mouse.wheel(0, 200)
    keep_narrow(page, "text-size")


def attempt_of(page: Page) -> str:
    return page.get_attribute("form[data-attempt]", "data-attempt") or ""


def take_staff_pictures(page: Page) -> None:
    page.goto("/admin/")
    page.click(".sidebar button:has-text('妇联与成员')")
    keep_wide(page, "staff-menu")
    page.goto("/admin/appointment/")
    keep_wide(page, "staff-appointments")
    page.goto("/admin/accounts/new/")
    page.fill("[name=name]", "李春梅")
    page.fill("[name=phone]", "13800000001")
    choose(page, "选择妇联", "大黄")
    page.select_option("[name=position]", label="执委")
    page.fill("[name=term]", "第十三届")
    keep_wide(page, "staff-enrol")
    page.goto("/admin/plan/new/")
    page.fill("[name=title]", "梅县区冬季学习")
    choose(page, "选择妇联", "梅县区")
    page.click("button:has-text('添加课程、微课或测验')")
    keep_wide(page, "staff-plan")
    take_staff_board(page)


def take_staff_board(page: Page) -> None:
    page.goto("/board/")
    for name in ("梅州市", "梅县区"):
        page.click(f".rank a:has-text('{name}')")
        page.wait_for_selector(f"h2:has-text('{name}')")
    keep_wide(page, "staff-board")


def choose(page: Page, button: str, words: str) -> None:
    """Pick the first of what a chooser finds for `words`."""
    page.click(f"button:has-text('{button}')")
    page.fill(".modal [name=q]", words)
    page.wait_for_timeout(1500)
    page.locator(".modal tbody a").first.click()
    page.wait_for_selector(".modal", state="hidden")
