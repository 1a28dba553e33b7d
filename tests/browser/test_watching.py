"""A real film, really played: what was seen counts, what was skipped does not."""

import pytest
from playwright.sync_api import Page, expect

from courses.models import WatchRecord
from learning.models import Progress
from tests.browser.conftest import enter
from tests.browser.scene import FILM_SECONDS, Scene

LOADED = """() => {
  const loaded = document.querySelector("video").buffered;
  return loaded.length && loaded.end(0) > 5.5;
}"""
REACHED = "(moment) => document.querySelector('video').currentTime >= moment"
ENDED = "() => document.querySelector('video').ended"


@pytest.fixture
def hers(phone, live_server, scene) -> Page:
    enter(phone.context, live_server.url, scene.member)
    phone.goto(scene.film_lesson.url)
    return phone


def play(page: Page) -> None:
    page.locator("[data-play]").click()


def seek(page: Page, moment: float) -> None:
    page.evaluate("(moment) => { document.querySelector('video').currentTime = moment; }", moment)


def pause_at(page: Page, moment: float) -> None:
    """Stop there, and wait until the server has heard of it."""
    page.wait_for_function(REACHED, arg=moment)
    with page.expect_response("**/watch/"):
        page.evaluate("() => document.querySelector('video').pause()")


def record_of(scene: Scene) -> WatchRecord:
    return WatchRecord.objects.get(member=scene.member, lesson=scene.film_lesson)


def is_completed(scene: Scene) -> bool:
    done = Progress.objects.filter(member=scene.member, page=scene.film_lesson)
    return done.exclude(completed_at=None).exists()


def test_film_played_to_its_end_is_completed(hers, scene):
    expect(hers.locator("[data-done]")).to_be_hidden()
    play(hers)
    expect(hers.locator("[data-done]")).to_be_visible(timeout=20_000)

    assert record_of(scene).watched >= 9 * FILM_SECONDS
    assert is_completed(scene)


def test_skipping_to_the_end_is_not_watching(hers, scene):
    play(hers)
    hers.wait_for_function(REACHED, arg=0.8)
    seek(hers, FILM_SECONDS - 0.8)
    hers.wait_for_function(ENDED)
    expect(hers.locator("[data-missing]")).to_contain_text("还差")

    assert not is_completed(scene)
    expect(hers.locator("[data-done]")).to_be_hidden()


def test_skipped_part_can_be_made_up(hers, scene):
    play(hers)
    hers.wait_for_function(REACHED, arg=1)
    seek(hers, 3)
    hers.wait_for_function(ENDED)
    expect(hers.locator("[data-missing]")).to_contain_text("还差")
    seek(hers, 0.5)
    play(hers)

    expect(hers.locator("[data-done]")).to_be_visible(timeout=20_000)
    assert is_completed(scene)


def test_lesson_goes_on_where_she_stopped(hers, scene):
    play(hers)
    pause_at(hers, 2)
    position = record_of(scene).position / 10
    hers.goto(scene.film_lesson.url)
    label = hers.locator("[data-play]").inner_text()
    play(hers)
    hers.wait_for_function(REACHED, arg=0.1)

    assert "接着看" in label
    assert hers.evaluate("() => document.querySelector('video').currentTime") >= position >= 2


def test_report_waits_for_the_connection(hers, scene):
    play(hers)
    hers.wait_for_function(LOADED)
    hers.context.set_offline(True)
    hers.wait_for_function(ENDED)
    expect(hers.locator("[data-watch-state]")).to_have_text("断网了，进度先存在手机里。")
    assert not is_completed(scene)
    hers.context.set_offline(False)

    expect(hers.locator("[data-done]")).to_be_visible(timeout=20_000)
    assert is_completed(scene)


def test_report_of_a_killed_page_is_sent_by_the_next(hers, scene):
    context = hers.context
    play(hers)
    hers.wait_for_function(LOADED)
    context.set_offline(True)
    hers.wait_for_function(ENDED)
    expect(hers.locator("[data-watch-state]")).to_have_text("断网了，进度先存在手机里。")
    hers.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(scene.film_lesson.url)

    expect(page.locator("[data-done]")).to_be_visible()
    assert is_completed(scene)
