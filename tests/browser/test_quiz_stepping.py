"""The page of all questions, seen one at a time: no request, and the address keeps the place."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from quizzes.domain.attempts import start_attempt
from quizzes.models import Attempt
from tests.browser.conftest import enter
from tests.browser.looking import find_axe_faults, find_size_faults
from tests.browser.scene import build_like
from tests.quizzes.bank import fix_questions, make_bank, make_question


@pytest.fixture
def attempt(scene) -> Attempt:
    return start_attempt(member=scene.member, quiz=scene.quiz, now=timezone.now())


@pytest.fixture
def hers(phone, live_server, scene) -> Page:
    enter(phone.context, live_server.url, scene.member)
    return phone


def open_page(page: Page, attempt: Attempt, place: str = "") -> None:
    page.goto(reverse("quizzes:resume", args=[attempt.pk]) + place)


def press(page: Page, name: str) -> None:
    page.locator(".dock .btn:visible", has_text=name).click()


def expect_number(page: Page, number: str) -> None:
    """The address changes at once, the screen an event later."""
    shown = page.locator("[data-question]:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("data-question", number)


def note_requests(page: Page) -> list[str]:
    """What the page asks for. The browser itself looks for the icon of every new address,
    in its cache where the files are not a test server's."""
    asked: list[str] = []

    def note(request):
        if not request.url.endswith("favicon.svg"):
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_steps_ask_the_server_for_nothing(hers, attempt):
    open_page(hers, attempt)
    asked = note_requests(hers)
    for name, number in (("下一题", "2"), ("下一题", "3"), ("上一题", "2")):
        press(hers, name)
        expect_number(hers, number)
    hers.locator("aside .nums a", has_text="4").click()
    expect_number(hers, "4")

    assert asked == []


def test_reload_and_back_keep_the_place(hers, attempt):
    open_page(hers, attempt)
    press(hers, "下一题")
    press(hers, "下一题")
    expect_number(hers, "3")
    hers.reload()
    expect_number(hers, "3")
    hers.go_back()

    expect_number(hers, "2")


def test_page_begins_at_the_first_gap(hers, attempt, scene):
    open_page(hers, attempt)
    hers.locator(".opt:visible").first.click()
    expect(hers.locator("[data-saved]:visible")).to_contain_text("答案已保存")
    hers.goto("/")
    open_page(hers, attempt)

    expect_number(hers, "2")


def test_marks_follow_the_answers(hers, attempt):
    open_page(hers, attempt)
    hers.locator(".opt:visible").first.click()
    press(hers, "下一题")

    expect(hers.locator("aside [data-answered]")).to_have_text("1")
    expect(hers.locator("aside .nums a.d")).to_have_text(["1已答"])


def test_last_question_leads_to_the_hand_in_and_back(hers, attempt):
    open_page(hers, attempt, "#q4")
    press(hers, "检查并交卷")
    expect(hers.locator("[data-missing] a")).to_have_text(["1未答", "2未答", "3未答", "4未答"])
    press(hers, "再看看")

    expect_number(hers, "4")


@pytest.mark.parametrize("size", ["", "xl"])
def test_hundred_questions_stay_usable(hers, live_server, scene, size):
    bank = make_bank()
    questions = [make_question(bank) for _ in range(96)]
    quiz = build_like(scene.quiz, title="一百题")
    fix_questions(quiz, questions)
    attempt = start_attempt(member=scene.member, quiz=quiz, now=timezone.now())
    hers.context.add_cookies([{"name": "text_size", "value": size, "url": live_server.url}])
    open_page(hers, attempt, "#q50")
    hers.locator("aside summary").click()
    hers.locator("aside .nums a", has_text="100").click()
    expect_number(hers, "100")
    faults = find_axe_faults(hers) + find_size_faults(hers, smallest_text=12, smallest_target=44)

    assert faults == []
