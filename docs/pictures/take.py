"""Take the pictures of the guide and the README from a running demo: `take.py http://127.0.0.1:8000`.

Each page at phone and PC size; the demo's own sign-ins are used.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
PASSWORD = "mumian-2026"  # noqa: S105 the demo's, printed at every start
MEMBER, EDITOR = "13900000001", "13900000002"
SIZES = {"phone": (390, 844, 2, True), "pc": (1280, 800, 1, False)}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def sign_in(page: Page, site: str, phone: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", phone)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit], main form button:not([type])")
    page.wait_for_url(lambda url: "/login" not in url)


def take_quiz(page: Page, site: str, shoot) -> None:
    page.goto(f"{site}/quizzes/")
    page.click("text=家庭教育随手练")
    page.click("main button:has-text('答'), main a:has-text('接着答')")
    page.wait_for_selector("[data-question]")
    page.locator(".opt").nth(1).click()
    page.wait_for_timeout(600)
    shoot("quiz")
    while page.locator("button[value=next]").count():
        if page.locator(".opt").count():
            page.locator(".opt").first.click()
        page.click("button[value=next]")
    page.click("button[value=finish]")
    page.click("form[data-hand-in] button")
    page.wait_for_url("**/result/")
    shoot("result")


def walk(page: Page, site: str, name: str, *, size: str = "") -> None:
    def shoot(what: str) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=HERE / f"{what}-{name}.png")

    sign_in(page, site, MEMBER)
    page.context.add_cookies([{"name": "text_size", "value": size, "url": site}])
    page.goto(f"{site}/")
    shoot("home")
    page.click("text=继续学习")
    page.wait_for_timeout(800)
    shoot("lesson")
    take_quiz(page, site, shoot)
    page.goto(f"{site}/board/")
    shoot("board")
    page.goto(f"{site}/me/")
    shoot("me")


def main(site: str) -> None:
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        for name, (width, height, scale, is_phone) in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height},
                device_scale_factor=scale,
                is_mobile=is_phone,
                has_touch=is_phone,
                locale="zh-CN",
            )
            walk(context.new_page(), site, name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
