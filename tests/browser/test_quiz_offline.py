"""Answers are never lost: connections drop, apps are killed, tabs and phones are two."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from quizzes.domain.attempts import start_attempt
from quizzes.models import Attempt, AttemptState
from tests.browser.conftest import enter, sign_in


@pytest.fixture
def attempt(scene) -> Attempt:
    return start_attempt(member=scene.member, quiz=scene.quiz, now=timezone.now())


@pytest.fixture
def hers(phone, live_server, scene) -> Page:
    enter(phone.context, live_server.url, scene.member)
    return phone


def open_question(page: Page, attempt: Attempt, number: int) -> None:
    page.goto(f"{reverse('quizzes:resume', args=[attempt.pk])}#q{number}")
    expect(shown(page)).to_have_count(1)  # the script has hidden the others
    expect(shown(page)).to_have_attribute("data-question", str(number))


def shown(page: Page):
    """The question on the screen."""
    return page.locator("[data-question]:visible")


def press(page: Page, name: str) -> None:
    page.locator(".dock .btn:visible", has_text=name).click()


def open_confirm(page: Page, attempt: Attempt) -> None:
    page.goto(reverse("quizzes:confirm", args=[attempt.pk]))


def tap(page: Page, option: str) -> None:
    shown(page).locator(".opt", has_text=option).click()


def expect_status(page: Page, text: str) -> None:
    expect(page.locator("[data-saved]:visible")).to_contain_text(text)


def expect_nothing_waits(page: Page) -> None:
    page.wait_for_function("() => !Xuetang.createOutbox(Xuetang.memberId()).pending()")


def answers(attempt: Attempt) -> dict[str, list[str]]:
    attempt.refresh_from_db()
    return {place: answer["r"] for place, answer in attempt.answers.items()}


def sign_out(page: Page) -> None:
    page.goto(reverse("me"))
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/")


def note_posts(page: Page) -> list[dict]:
    """What reaches the server, in order."""
    posts: list[dict] = []

    def note(request):
        if request.method == "POST":
            posts.append(json.loads(request.post_data))

    page.on("requestfinished", note)
    return posts


def empty_box(page: Page) -> None:
    """What another tab of hers does when it comes back first and sends everything."""
    page.evaluate(
        """() => Object.keys(localStorage).filter((key) => key.indexOf("xuetang:outbox") === 0)
            .forEach((key) => localStorage.setItem(key, "[]"))"""
    )


def set_deadline(attempt: Attempt, *, seconds: float) -> None:
    deadline = timezone.now() + timedelta(seconds=seconds)
    Attempt.objects.filter(pk=attempt.pk).update(deadline=deadline, accepts_until=deadline)


def test_tap_is_saved_at_once(hers, attempt):
    open_question(hers, attempt, 1)
    tap(hers, "12345")
    expect_status(hers, "答案已保存")

    assert answers(attempt) == {"q0": ["b"]}


def test_taps_without_a_connection_stay_on_the_phone(hers, attempt):
    open_question(hers, attempt, 2)
    hers.context.set_offline(True)
    tap(hers, "打骂")
    tap(hers, "冻饿")

    expect_status(hers, "断网了，答案先存在手机里（待发送 2）")
    assert answers(attempt) == {}


def test_taps_are_sent_in_one_request_when_the_connection_is_back(hers, attempt):
    open_question(hers, attempt, 2)
    posts = note_posts(hers)
    hers.context.set_offline(True)
    tap(hers, "打骂")
    tap(hers, "冻饿")
    hers.context.set_offline(False)
    expect_status(hers, "答案已保存")

    assert [[each["response"] for each in post["answers"]] for post in posts] == [
        [["a"], ["a", "b"]]
    ]
    assert answers(attempt) == {"q1": ["a", "b"]}


def test_message_of_an_older_page_is_sent_where_it_was_meant_for(hers, attempt):
    open_question(hers, attempt, 1)
    hers.evaluate(
        """(url) => localStorage.setItem("xuetang:outbox:" + Xuetang.memberId(), JSON.stringify(
          [{id: "old", url: url, body: {index: 3, response: ["b"], seq: Date.now() - 60000}}]))""",
        reverse("quizzes:answer", args=[attempt.pk]),
    )
    with hers.expect_response("**/answer/"):
        hers.reload()

    assert answers(attempt) == {"q2": ["b"]}


def test_batch_that_is_refused_is_sent_one_by_one(hers, attempt):
    open_question(hers, attempt, 2)
    hers.context.route("**/answers/", lambda route: route.fulfill(status=400, body="no"))
    hers.context.set_offline(True)
    tap(hers, "打骂")
    tap(hers, "冻饿")
    hers.context.set_offline(False)
    expect_status(hers, "答案已保存")

    assert answers(attempt) == {"q1": ["a", "b"]}


def test_typed_answer_survives_a_lost_connection(hers, attempt):
    open_question(hers, attempt, 4)
    hers.context.set_offline(True)
    hers.get_by_label("第 1 空").fill("出警")
    expect_status(hers, "待发送 1")
    hers.context.set_offline(False)
    expect_status(hers, "答案已保存")

    assert answers(attempt) == {"q3": ["出警"]}


def test_whole_quiz_is_answered_and_handed_in_without_a_connection(hers, attempt):
    open_question(hers, attempt, 1)
    hers.context.set_offline(True)
    tap(hers, "12338")
    press(hers, "下一题")
    for act in ("打骂", "冻饿", "限制出门"):
        tap(hers, act)
    press(hers, "下一题")
    press(hers, "下一题")
    hers.get_by_label("第 1 空").fill("出警")
    press(hers, "检查并交卷")
    expect(hers.locator("[data-missing] a")).to_have_text(["3未答"])
    press(hers, "交卷")
    expect_status(hers, "网络恢复后自动交卷")
    hers.context.set_offline(False)
    hers.wait_for_url("**/result/")

    assert hers.locator(".score .num").inner_text() == "75 分"


def test_killed_page_sends_when_it_is_opened_again(hers, attempt):
    open_question(hers, attempt, 1)
    context = hers.context
    context.set_offline(True)
    tap(hers, "12338")
    expect_status(hers, "断网了")
    hers.close()
    context.set_offline(False)
    reopened = context.new_page()
    open_question(reopened, attempt, 2)
    expect_status(reopened, "答案已保存")

    assert answers(attempt) == {"q0": ["a"]}


def test_killed_page_shows_her_answer_when_it_is_opened_again(hers, attempt):
    open_question(hers, attempt, 1)
    context = hers.context
    context.set_offline(True)
    tap(hers, "12338")
    hers.close()
    context.set_offline(False)
    reopened = context.new_page()
    open_question(reopened, attempt, 1)

    expect(reopened.get_by_label("12338")).to_be_checked()


def test_hand_in_without_a_connection_goes_through_later(hers, attempt):
    open_confirm(hers, attempt)
    hers.context.set_offline(True)
    press(hers, "交卷")
    expect_status(hers, "网络恢复后自动交卷")
    hers.context.set_offline(False)
    hers.wait_for_url("**/result/")

    attempt.refresh_from_db()
    assert attempt.state == AttemptState.SUBMITTED


def test_hand_in_waits_for_the_answers_before_it(hers, attempt):
    open_confirm(hers, attempt)
    other_tab = hers.context.new_page()
    open_question(other_tab, attempt, 1)
    hers.context.set_offline(True)
    tap(other_tab, "12338")
    press(hers, "交卷")
    other_tab.close()
    hers.context.set_offline(False)
    hers.wait_for_url("**/result/")

    attempt.refresh_from_db()
    assert (answers(attempt), attempt.score_bp) == ({"q0": ["a"]}, 2500)


def test_hand_in_sent_by_another_tab_leads_to_the_result(hers, attempt):
    open_confirm(hers, attempt)
    hers.context.set_offline(True)
    press(hers, "交卷")
    expect_status(hers, "网络恢复后自动交卷")
    empty_box(hers)
    hers.context.set_offline(False)
    hers.wait_for_url("**/result/")

    attempt.refresh_from_db()
    assert attempt.state == AttemptState.SUBMITTED


def test_untouched_older_tab_does_not_overwrite(hers, attempt):
    open_question(hers, attempt, 1)
    newer_tab = hers.context.new_page()
    open_question(newer_tab, attempt, 1)
    tap(newer_tab, "12345")
    expect_status(newer_tab, "答案已保存")
    press(hers, "下一题")
    tap(hers, "打骂")
    expect_status(hers, "答案已保存")

    assert answers(attempt) == {"q0": ["b"], "q1": ["a"]}


def test_answer_sent_late_by_another_phone_does_not_overwrite(
    hers, attempt, new_context, live_server, scene
):
    open_question(hers, attempt, 1)
    hers.context.set_offline(True)
    tap(hers, "12338")
    expect_status(hers, "断网了")
    other = new_context()
    enter(other, live_server.url, scene.member)
    newer = other.new_page()
    open_question(newer, attempt, 1)
    tap(newer, "12345")
    expect_status(newer, "答案已保存")
    hers.context.set_offline(False)

    expect_status(hers, "这一题在别处有更新的答案，已为你换上")
    expect(hers.get_by_label("12345")).to_be_checked()
    assert answers(attempt) == {"q0": ["b"]}


def test_time_that_runs_out_without_a_connection_ends_in_the_result(hers, attempt):
    set_deadline(attempt, seconds=3)
    open_question(hers, attempt, 1)
    hers.context.set_offline(True)
    expect(hers.locator("[data-clock-said]")).to_have_text("时间到，正在交卷")
    hers.context.set_offline(False)
    hers.wait_for_url("**/result/")

    expect(hers.locator(".score")).to_contain_text("到时间自动交卷")


def test_time_that_another_tab_handed_in_for_ends_in_the_result(hers, attempt):
    set_deadline(attempt, seconds=3)
    open_question(hers, attempt, 1)
    hers.context.set_offline(True)
    expect(hers.locator("[data-clock-said]")).to_have_text("时间到，正在交卷")
    expect_status(hers, "断网了")
    empty_box(hers)
    hers.context.set_offline(False)

    hers.wait_for_url("**/result/")


def test_answer_after_the_deadline_leads_to_the_result(hers, attempt):
    set_deadline(attempt, seconds=600)
    open_question(hers, attempt, 1)
    hers.context.set_offline(True)
    tap(hers, "12338")
    expect_status(hers, "断网了")
    set_deadline(attempt, seconds=-1)
    hers.context.set_offline(False)
    hers.wait_for_url("**/result/")

    expect(hers.locator(".score")).to_contain_text("到时间自动交卷")
    assert answers(attempt) == {}


def test_another_member_on_the_same_phone_sends_only_her_own(hers, attempt, live_server, scene):
    open_question(hers, attempt, 1)
    context = hers.context
    context.set_offline(True)
    tap(hers, "12338")
    expect_status(hers, "断网了")
    # Before the tab is closed: for its last moment it is online again.
    enter(context, live_server.url, scene.friend)
    hers.close()
    context.set_offline(False)
    friends = start_attempt(member=scene.friend, quiz=scene.quiz, now=timezone.now())
    page = context.new_page()
    open_question(page, friends, 1)
    posts = note_posts(page)
    tap(page, "12345")
    expect_status(page, "答案已保存")

    assert [post["response"] for post in posts] == [["b"]]
    assert (answers(attempt), answers(friends)) == ({}, {"q0": ["b"]})


def test_tab_left_open_keeps_her_answer_while_another_is_signed_in(hers, attempt, scene):
    open_question(hers, attempt, 1)
    hers.context.route("**/answer/", lambda route: route.abort())
    tap(hers, "12338")
    expect_status(hers, "待发送 1")
    other_tab = hers.context.new_page()
    sign_out(other_tab)
    sign_in(other_tab, scene.friend)
    hers.context.unroute("**/answer/")
    expect_status(hers, "登录已过期，答案在手机里")
    sign_out(other_tab)
    sign_in(other_tab, scene.member)
    open_question(other_tab, attempt, 1)
    expect_nothing_waits(other_tab)  # sent from here, or from the page the sign-in led to

    assert answers(attempt) == {"q0": ["a"]}


def test_waiting_answer_goes_out_from_whatever_page_she_opens_next(hers, attempt):
    open_question(hers, attempt, 1)
    hers.context.route("**/answer/", lambda route: route.abort())
    tap(hers, "12338")
    expect_status(hers, "待发送 1")
    hers.context.unroute("**/answer/")
    hers.close()
    with hers.context.new_page() as home, home.expect_response("**/answer/"):
        home.goto("/")

    assert answers(attempt) == {"q0": ["a"]}


def test_sign_in_that_ran_out_keeps_the_answer(hers, attempt, live_server, scene):
    open_question(hers, attempt, 1)
    enter(hers.context, live_server.url, None)
    tap(hers, "12338")
    expect_status(hers, "登录已过期，答案在手机里")
    way_back = re.compile(rf"/login/\?next=.*%2F{attempt.pk}%2F%23q1$")
    expect(hers.get_by_role("link", name="去登录")).to_have_attribute("href", way_back)
    enter(hers.context, live_server.url, scene.member)
    hers.reload()
    expect_status(hers, "答案已保存")

    assert answers(attempt) == {"q0": ["a"]}
