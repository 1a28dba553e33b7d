"""The text size: at once, on every page, on this device and on her next one."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, enter

ROOT_SIZE = "() => getComputedStyle(document.documentElement).fontSize"


@pytest.fixture
def hers(phone, live_server, scene) -> Page:
    enter(phone.context, live_server.url, scene.member)
    return phone


def press_for_next_size(page: Page) -> None:
    with page.expect_response("**/text-size/"):
        page.locator(".size .aa").click()


def test_button_in_the_head_goes_through_the_sizes(hers, scene):
    hers.goto("/")
    seen = [hers.evaluate(ROOT_SIZE)]
    for _ in range(3):
        press_for_next_size(hers)
        seen.append(hers.evaluate(ROOT_SIZE))

    assert seen == ["17px", "21px", "25px", "17px"]


def test_size_changes_without_loading_the_page(hers, scene):
    hers.goto("/")
    hers.evaluate("() => { window.isSamePage = true; }")
    press_for_next_size(hers)

    assert hers.evaluate("() => window.isSamePage") is True


def test_size_stays_on_the_next_page(hers, scene):
    hers.goto("/")
    press_for_next_size(hers)
    hers.goto(scene.article.url)

    assert hers.evaluate(ROOT_SIZE) == "21px"


def test_choice_on_her_page_is_pressed_and_kept_for_her_next_device(
    hers, new_context, live_server, scene
):
    hers.goto(reverse("me"))
    with hers.expect_response("**/text-size/"):
        hers.locator("main .seg").get_by_role("button", name="特大字").click()
    pressed = hers.locator("main .seg [aria-pressed=true]").all_inner_texts()
    other = new_context()
    enter(other, live_server.url, scene.member)
    page = other.new_page()
    page.goto("/")

    assert (pressed, page.evaluate(ROOT_SIZE)) == (["特大字"], "25px")


def test_largest_letters_leave_the_title_its_room(new_context, live_server, scene):
    context = new_context()
    context.add_cookies([{"name": "text_size", "value": "xl", "url": live_server.url}])
    page = context.new_page()
    page.goto(scene.column.url)

    title = page.locator("h1").evaluate(
        "title => [title.textContent.trim(), title.getClientRects()[0].height"
        " / parseFloat(getComputedStyle(title).lineHeight)]"
    )
    lead = page.locator(".column-head .lead").bounding_box()

    assert (title[0], round(title[1])) == ("巾帼维权", 1)
    assert lead["width"] > PHONE["width"] / 2
    expect(page.get_by_role("button", name="标准字")).to_have_count(1)
