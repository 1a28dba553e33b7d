"""Real Chromium against the live server; one browser for the whole run."""

import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from config.scheduler import Scheduler
from tests.browser.scene import Scene, build_scene
from tests.factories import PASSWORD

# Playwright's loop runs in this thread; the ORM calls of the tests are not made from inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A machine that does two things at once is slow; what is right stays right.
expect.set_options(timeout=20_000)

PHONE = {"width": 390, "height": 844}
PC = {"width": 1280, "height": 800}
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


# Set by .ci/run. A second try is told in the summary as "rerun"; at the desk there is none.
RERUNS = int(os.environ.get("BROWSER_RERUNS", "0"))


def pytest_collection_modifyitems(items):
    """Browser tests share one browser, so they stay in one worker."""
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if RERUNS:
                item.add_marker(pytest.mark.flaky(reruns=RERUNS))
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session", autouse=True)
def initial_data(django_db_setup):
    """What the migrations made, for every connection: inside Playwright's loop there is another
    connection object than the one that Django notes it on."""
    connection = connections["default"]
    type(connection)._test_serialized_contents = connection._test_serialized_contents


@pytest.fixture(autouse=True)
def fresh_start(django_db_serialized_rollback, transactional_db):
    """Each test commits and is flushed: bring back what migrations made, forget what was cached."""
    cache.clear()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(browser: Browser, live_server):
    """Make contexts: a phone unless told otherwise. A page that throws or logs an error fails."""
    opened: list[BrowserContext] = []
    faults: list[str] = []

    def make(viewport=PHONE, **options) -> BrowserContext:
        is_phone = viewport == PHONE
        context = browser.new_context(
            base_url=live_server.url,
            viewport=viewport,
            is_mobile=is_phone,
            has_touch=is_phone,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **options,
        )
        # Longer than a request of the outbox may hang before it is sent again.
        context.set_default_timeout(40_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert faults == []


@pytest.fixture
def phone(new_context) -> Page:
    return new_context().new_page()


@pytest.fixture
def scene(tree) -> Scene:
    return build_scene(tree)


@pytest.fixture
def scheduler(transactional_db):
    """The embedded run's own clock, on the tests' database."""
    scheduler = Scheduler(settings.CELERY_BEAT_SCHEDULE)
    scheduler.start()
    yield scheduler
    scheduler.stop()


def sign_in(page: Page, member) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", member.phone)
    page.fill("[name=password]", PASSWORD)
    agree(page)
    page.locator("main form").get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login" not in url)
    if "/privacy/agree/" in page.url:
        # The device was asked, and by another person.
        page.check("[name=agree]")
        page.locator("main form").get_by_role("button", name="同意").first.click()
        page.wait_for_url(lambda url: "/privacy/agree/" not in url)


def agree(page: Page) -> None:
    """Tick the box, where this device has not been asked yet."""
    if page.locator("[name=agree]").count():
        page.check("[name=agree]")


def enter(context: BrowserContext, address: str, member) -> None:
    """Sign in, or out, by cookie: the sign-in form has tests of its own."""
    context.clear_cookies(name="sessionid")
    if member is None:
        return
    client = Client()
    client.force_login(member)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    context.add_cookies([cookie])
