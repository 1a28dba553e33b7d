"""Every mode in a real browser: judged at once, until the first miss, forward only, of the day."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from quizzes.domain.attempts import start_attempt
from quizzes.models import Attempt
from tests.browser.conftest import enter


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def hers(request, new_context, live_server, scene) -> Page:
    page = new_context(java_script_enabled=request.param).new_page()
    enter(page.context, live_server.url, scene.member)
    return page


@pytest.fixture
def scripted(phone, live_server, scene) -> Page:
    enter(phone.context, live_server.url, scene.member)
    return phone


def open_quiz(page: Page, quiz) -> Attempt:
    page.goto(quiz.url)
    page.get_by_role("button", name="开始答题").click()
    page.wait_for_url("**/attempts/**")
    return Attempt.objects.get(quiz=quiz)


def choose(page: Page, option: str) -> None:
    page.get_by_label(option).check(force=True)


def press(page: Page, name: str) -> None:
    page.locator(".dock .btn:visible", has_text=name).click()


def test_practice_shows_at_once_how_it_was(hers, scene):
    open_quiz(hers, scene.practice)
    choose(hers, "12345")
    press(hers, "看答案")

    expect(hers.locator(".rev .state")).to_contain_text("答错")
    expect(hers.locator(".rev")).to_contain_text("讲解")
    press(hers, "下一题")
    expect(hers.locator("legend").first).to_contain_text("第 2 题")


def test_challenge_ends_kindly(hers, scene):
    open_quiz(hers, scene.challenge)
    choose(hers, "12338")
    press(hers, "看答案")
    expect(hers.locator(".streak")).to_contain_text("已连对 1 题")
    press(hers, "下一题")
    choose(hers, "打骂")
    press(hers, "看答案")

    hers.wait_for_url("**/result/")
    expect(hers.locator(".score")).to_contain_text("连对 1 题")


def test_ordered_quiz_goes_forward_to_the_hand_in(hers, scene):
    attempt = open_quiz(hers, scene.ordered)
    choose(hers, "12338")
    press(hers, "下一题")
    choose(hers, "打骂")
    press(hers, "下一题")
    hers.goto(reverse("quizzes:question", args=[attempt.pk, 1]))
    expect(hers.locator("legend").first).to_contain_text("第 3 题")
    press(hers, "下一题")
    press(hers, "检查并交卷")
    press(hers, "交卷")

    hers.wait_for_url("**/result/")
    assert hers.locator(".score .num").inner_text() == "25 分"


def test_quiz_of_the_day_is_taken_once(hers, scene):
    open_quiz(hers, scene.daily)
    hers.goto(reverse("quizzes:confirm", args=[Attempt.objects.get().pk]))
    press(hers, "交卷")
    hers.wait_for_url("**/result/")
    hers.goto(scene.daily.url)

    expect(hers.locator("main")).to_contain_text("明天再来")


def test_password_stays_in_its_field(hers, scene):
    hers.goto(scene.locked.url)
    hers.get_by_label("口令").fill("茶花")
    press(hers, "开始答题")

    expect(hers.locator(".dock")).to_contain_text("口令不对")
    assert hers.get_by_label("口令").input_value() == "茶花"


def test_check_without_a_connection_waits_and_goes_through(scripted, scene):
    open_quiz(scripted, scene.practice)
    scripted.context.set_offline(True)
    choose(scripted, "12345")
    press(scripted, "看答案")
    expect(scripted.locator("[data-saved]")).to_contain_text("有网后马上给你看答案")
    scripted.context.set_offline(False)

    expect(scripted.locator(".rev .state")).to_contain_text("答错")


def test_check_of_a_killed_page_is_not_lost(scripted, scene):
    attempt = open_quiz(scripted, scene.practice)
    context = scripted.context
    context.set_offline(True)
    choose(scripted, "12345")
    press(scripted, "看答案")
    expect(scripted.locator("[data-saved]")).to_contain_text("断网了")
    scripted.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(reverse("quizzes:question", args=[attempt.pk, 1]))

    expect(page.locator(".rev .state")).to_contain_text("答错")


def test_check_asks_for_an_answer_first(scripted, scene):
    open_quiz(scripted, scene.practice)
    scripted.set_viewport_size({"width": 390, "height": 420})  # as if the type were 特大
    press(scripted, "看答案")

    said = scripted.locator("[data-saved]")
    expect(said).to_contain_text("先选好或写好答案")
    below = said.bounding_box()["y"] + said.bounding_box()["height"]
    assert below <= scripted.locator(".dock").bounding_box()["y"]


def test_lesson_opens_at_the_second_that_explains(scripted, scene):
    scripted.goto(f"{scene.film_lesson.url}?t=3")
    scripted.wait_for_function("() => document.querySelector('[data-media]').currentTime >= 3")

    assert scripted.locator("[data-percent]").inner_text() == "0%"


def test_knowledge_opens_at_the_paragraph_that_explains(hers, scene):
    hers.goto(f"{scene.entry.url}#p1")

    expect(hers.locator("#p1")).to_contain_text("遇到邻里有难处")


def test_two_tabs_keep_the_newer_answer(scripted, scene):
    attempt = start_attempt(member=scene.member, quiz=scene.practice, now=timezone.now())
    address = reverse("quizzes:question", args=[attempt.pk, 1])
    scripted.goto(address)
    other = scripted.context.new_page()
    other.goto(address)
    choose(other, "12338")
    press(other, "看答案")
    expect(other.locator(".rev .state")).to_contain_text("答对")
    choose(scripted, "12345")

    expect(scripted.locator("[data-saved]")).to_contain_text("已经看过答案")
    expect(scripted.get_by_label("12338")).to_be_checked()
