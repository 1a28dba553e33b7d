"""A browser with a camera: signs in as a demo account and keeps every picture small."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

PASSWORD = "mumian-2026"  # noqa: S105 the demo's, printed at every start
MEMBER, EDITOR, STAFF = "13900000001", "13900000002", "13900000003"
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
PC = {"viewport": {"width": 1280, "height": 800}}
COLOURS = 256
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def open_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Browser, site: str, device: dict, phone: str = "") -> Iterator[Page]:
    """A page of its own browser profile, signed in when a phone number is given."""
    context = browser.new_context(
        **device, base_url=site, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    if phone:
        sign_in(page, phone)
    yield page
    context.close()


def sign_in(page: Page, phone: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", phone)
    page.fill("[name=password]", PASSWORD)
    page.check("[name=agree]")
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)


def shoot(what: Page | Locator, target: Path, *, width: int = 0) -> None:
    """Save what is seen as a PNG of 256 colours, no wider than `width` pixels when given."""
    page = what if isinstance(what, Page) else what.page
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    picture = Image.open(io.BytesIO(what.screenshot())).convert("RGB")
    if width and picture.width > width:
        height = round(picture.height * width / picture.width)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    save_small(picture, target)


def save_small(picture: Image.Image, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    # Coverage keeps the small coloured icons; the default would spend all colours on the banner.
    colours = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=4)
    colours.save(target, optimize=True)
