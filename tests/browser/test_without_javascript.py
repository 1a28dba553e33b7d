"""Everything that a member does also works where no script runs."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from learning.models import Progress
from quizzes.models import Attempt, AttemptState
from tests.browser.conftest import enter, sign_in


@pytest.fixture
def plain(new_context) -> Page:
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def hers(plain, live_server, scene) -> Page:
    """The same, with 陈秀英 signed in."""
    enter(plain.context, live_server.url, scene.member)
    return plain


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def size_of_text(page: Page) -> str:
    return page.get_attribute("html", "data-size")


def answers(attempt: Attempt) -> dict[str, list[str]]:
    attempt.refresh_from_db()
    return {place: answer["r"] for place, answer in attempt.answers.items()}


def test_she_signs_in_and_out(plain, scene):
    sign_in(plain, scene.member)
    plain.goto(reverse("me"))
    press(plain, "退出登录")
    plain.goto(reverse("me"))

    assert "/accounts/login/" in plain.url


def test_text_size_changes_by_the_form(hers, scene):
    hers.goto(scene.article.url)
    sizes = []
    for label in ("大字", "特大字", "标准字"):
        press(hers.get_by_role("banner"), label)
        sizes.append(size_of_text(hers))

    assert sizes == ["l", "xl", ""]
    assert hers.url.endswith(scene.article.url)


def test_text_lesson_is_read(hers, scene):
    hers.goto(scene.text_lesson.url)
    hers.wait_for_timeout(1100)  # nobody reads it in less than a second
    press(hers, "我已读完")

    expect(hers.locator(".msgs")).to_contain_text("这一课学完了")
    progress = Progress.objects.get(member=scene.member, page=scene.text_lesson)
    assert progress.completed_at is not None


def test_quiz_is_taken_by_one_form(hers, scene):
    hers.goto(scene.quiz.url)
    press(hers, "开始答题")
    attempt = Attempt.objects.get()
    expect(hers.get_by_text("自动保存")).to_be_hidden()
    hers.get_by_label("12338").check()
    for act in ("打骂", "冻饿", "限制出门"):
        hers.get_by_label(act).check()
    press(hers, "保存")
    assert hers.get_by_label("12338").is_checked()
    hers.get_by_label("第 1 空").fill("出警")
    press(hers, "检查并交卷")

    expect(hers.locator(".score")).to_contain_text("还有 1 题没有答")
    assert answers(attempt) == {"q0": ["a"], "q1": ["a", "b", "c"], "q3": ["出警"]}


def test_gap_is_filled_from_the_hand_in(hers, scene):
    hers.goto(scene.quiz.url)
    press(hers, "开始答题")
    press(hers, "检查并交卷")
    hers.locator(".nums").get_by_role("link", name="3").click()

    assert hers.url.endswith("#q3")
    assert hers.locator("#q3").is_visible()


def test_quiz_is_handed_in_by_the_form(hers, scene):
    hers.goto(scene.quiz.url)
    press(hers, "开始答题")
    attempt = Attempt.objects.get()
    hers.get_by_label("12338").check()
    press(hers, "检查并交卷")
    press(hers, "交卷")

    assert hers.locator(".score .num").inner_text() == "25 分"
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.SUBMITTED


def test_board_drills_down_by_links_and_back_by_crumbs(hers, scene):
    tree = scene.tree
    down = [tree.city, tree.county, tree.town]
    shown = []
    hers.goto(reverse("learning:board"))
    for federation in down:
        hers.locator(".rank").get_by_role("link", name=federation.name).click()
        shown.append(hers.locator(".path [aria-current]").inner_text())
    rows = hers.locator(".rank tbody .who-name").all_inner_texts()
    hers.locator(".path").get_by_role("link", name=tree.province.name).click()

    assert shown == [federation.name for federation in down]
    assert rows == ["大黄村", "小黄村"]
    expect(hers.locator(".rank tbody .who-name").first).to_have_text(tree.city.name)
