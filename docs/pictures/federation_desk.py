"""妇联工作台 as a county's staff use it, from the overview to an assessment."""

from pathlib import Path

from camera import shoot
from playwright.sync_api import Page

WIDE = 960


def take_federation_desk(page: Page, folder: Path, device: str) -> None:
    """`device` ends the pictures' names; those of a PC are made smaller."""

    def keep(what: str) -> None:
        width = WIDE if device == "pc" else 0
        shoot(page, folder / f"federation-{what}-{device}.png", width=width)

    page.goto("/desk/")
    keep("overview")
    page.click("text=看看是谁")
    page.wait_for_selector("#people")
    keep("people")
    page.goto("/desk/roster/")
    keep("roster")
    page.click(".branch-name:has-text('松口镇')")
    page.wait_for_selector(".path [aria-current]:has-text('松口镇')")
    page.click(".ways-of a:has-text('换届')")
    page.wait_for_selector("fieldset")
    page.fill("[name=term]", "第十四届")
    keep("renewal")
    page.goto("/desk/assessment/")
    page.click("a:has-text('镇街妇联月度学习考核')")
    page.wait_for_selector(".rank")
    keep("assessment")
