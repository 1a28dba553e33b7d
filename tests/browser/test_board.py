"""The leaderboard in the hand: down and back without a reload, and where a number comes from."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import PC, PHONE, enter

MARK = "window.isSamePage = true"


def open_board(new_context, live_server, scene, viewport) -> Page:
    page = new_context(viewport).new_page()
    enter(page.context, live_server.url, scene.member)
    page.goto(reverse("learning:board"))
    page.evaluate(MARK)
    return page


def test_phone_goes_down_and_back_without_a_reload(new_context, live_server, scene):
    page = open_board(new_context, live_server, scene, PHONE)
    page.locator(".rank").get_by_role("link", name=scene.tree.city.name).click()
    expect(page.locator(".path [aria-current]")).to_have_text(scene.tree.city.name)
    page.go_back()
    expect(page.locator("#board-title")).to_have_text(scene.tree.province.name)

    assert page.evaluate("window.isSamePage")


def test_pc_compares_all_villages_and_explains_a_number(new_context, live_server, scene):
    page = open_board(new_context, live_server, scene, PC)
    page.get_by_role("link", name="各村社区").click()
    expect(page.locator(".rank caption").first).to_contain_text("同级排名")
    page.get_by_label("在这些单位里找").fill("小黄")
    page.get_by_role("button", name="找单位").click()
    expect(page.locator(".rank .who-name")).to_have_text(["小黄村"])
    page.locator(".rank .v a").click()
    expect(page.locator("#why-title")).to_have_text("小黄村")

    assert page.evaluate("window.isSamePage")
