"""The 错题本 on a phone: five in a row, in every text size, and where no script runs."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.mistakes import make_cards
from quizzes.models import QuestionNote, QuestionReport, ReviewCard
from tests.browser.conftest import enter
from tests.browser.looking import find_axe_faults, find_size_faults
from tests.browser.scene import Scene
from tests.browser.test_pages import LIMITS

BOOK = reverse("quizzes:mistakes")


@pytest.fixture
def missed(scene) -> Scene:
    """She has handed in an empty paper: four questions to review."""
    now = timezone.now()
    attempt = start_attempt(member=scene.member, quiz=scene.quiz, now=now)
    submit_attempt(attempt_id=attempt.pk, member=scene.member, now=now)
    make_cards(now=now)
    return scene


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def give_up_on_all(page: Page, look) -> None:
    """Through a whole run without an answer; `look` sees every screen."""
    page.goto(BOOK)
    look(page)
    press(page, "复习 4 题")
    for number in range(1, 5):
        expect(page.locator("legend .kind")).to_contain_text(f"第 {number} 题，共 4 题")
        look(page)
        press(page, "想不起来")
        look(page)
        press(page, "下一题" if number < 4 else "看看这一组的结果")
    expect(page.locator(".score")).to_contain_text("0 / 4")
    look(page)


@pytest.mark.parametrize("size", LIMITS)
def test_run_is_in_bounds_and_accessible(new_context, live_server, missed, size):
    context = new_context()
    context.add_cookies([{"name": "text_size", "value": size, "url": live_server.url}])
    enter(context, live_server.url, missed.member)
    faults = []

    def look(page) -> None:
        # Folded forms are looked at open.
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = 1; })")
        faults.extend(find_axe_faults(page) + find_size_faults(page, **LIMITS[size]))

    give_up_on_all(context.new_page(), look)

    assert not faults, "\n" + "\n".join(faults)


def test_run_works_without_javascript(new_context, live_server, missed):
    context = new_context(java_script_enabled=False)
    enter(context, live_server.url, missed.member)
    give_up_on_all(context.new_page(), lambda _page: None)

    assert set(ReviewCard.objects.values_list("miss_count", flat=True)) == {2}


def test_tools_work_without_javascript(new_context, live_server, missed):
    context = new_context(java_script_enabled=False)
    enter(context, live_server.url, missed.member)
    page = context.new_page()
    page.goto(BOOK)
    press(page, "复习 4 题")
    press(page, "想不起来")
    press(page, "收藏")
    expect(page.get_by_role("button", name="已收藏")).to_be_visible()
    page.locator("summary", has_text="记笔记").click()
    page.locator("textarea").first.fill("记住 12338")
    press(page, "保存笔记")
    expect(page.locator(".qtools")).to_contain_text("笔记已保存")
    page.locator("summary", has_text="这道题有问题").click()
    page.get_by_label("答案有误").check()
    press(page, "告诉出题的人")

    expect(page.locator(".qtools")).to_contain_text("已送出")
    assert (QuestionNote.objects.get().text, QuestionReport.objects.count()) == ("记住 12338", 1)


def test_right_answer_comes_back_tomorrow(phone, live_server, missed):
    enter(phone.context, live_server.url, missed.member)
    phone.goto(BOOK)
    press(phone, "复习 4 题")
    phone.locator(".opt", has_text="12338").click()
    press(phone, "答好了")

    expect(phone.locator("main .note")).to_contain_text("答对了！")
    expect(phone.locator("main .note")).to_contain_text("明天复习")
