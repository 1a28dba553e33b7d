"""Lessons as they are really taken: film, sound with the screen off, text, and on little data."""

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from courses.models import LessonCheck, LessonMedia, LessonPage, WatchRecord
from quizzes.models import Question, ReviewCard
from tests.browser.conftest import enter
from tests.browser.scene import FILM_SECONDS, STEMS, Scene
from tests.browser.test_watching import ENDED, LOADED, is_completed, pause_at, play
from tests.courses.recordings import make_sound
from tests.pages import make_lesson

PLAYING = "(moment) => document.querySelector('[data-media]').currentTime >= moment"
HIDE = """(isHidden) => {
  Object.defineProperty(document, "hidden", {configurable: true, get: () => isHidden});
  document.dispatchEvent(new Event("visibilitychange"));
}"""
# One paragraph on the screen at a time.
SPREAD = """() => document.querySelectorAll("[data-from]").forEach((each) => {
  each.style.marginBottom = "1000px";
})"""


@pytest.fixture
def hers(phone, live_server, scene) -> Page:
    enter(phone.context, live_server.url, scene.member)
    return phone


@pytest.fixture
def sound_lesson(scene, tmp_path) -> LessonPage:
    sound = make_sound(tmp_path / "sound.m4a", seconds=FILM_SECONDS).read_bytes()
    media = LessonMedia(title="声音", type="audio", duration=FILM_SECONDS, audio_size=len(sound))
    media.audio.save("sound.m4a", ContentFile(sound), save=False)
    media.save()
    return make_lesson(scene.course, title="走路也能听", media=media)


def watched(scene: Scene, lesson: LessonPage) -> int:
    """Tenths of a second."""
    record = WatchRecord.objects.filter(member=scene.member, lesson=lesson).first()
    return record.watched if record else 0


def test_film_on_a_hidden_page_is_not_watched(hers, scene):
    hers.goto(scene.film_lesson.url)
    play(hers)
    hers.wait_for_function(PLAYING, arg=0.8)
    with hers.expect_response("**/watch/"):
        hers.evaluate(HIDE, True)
    seen = watched(scene, scene.film_lesson)
    hers.wait_for_function(ENDED)
    hers.evaluate(HIDE, False)
    hers.goto(scene.text_lesson.url)

    assert 0 < seen == watched(scene, scene.film_lesson)
    assert not is_completed(scene)


def test_sound_goes_on_with_the_page_hidden(hers, scene, sound_lesson):
    hers.goto(sound_lesson.url)
    play(hers)
    hers.wait_for_function(PLAYING, arg=0.5)
    hers.evaluate(HIDE, True)
    expect(hers.locator("[data-done]")).to_be_visible()

    assert watched(scene, sound_lesson) >= 9 * FILM_SECONDS
    assert hers.evaluate("() => navigator.mediaSession.metadata.title") == "走路也能听"


def test_she_goes_on_with_another_phone(hers, scene, new_context, live_server):
    hers.goto(scene.film_lesson.url)
    play(hers)
    pause_at(hers, 2)
    other = new_context()
    enter(other, live_server.url, scene.member)
    page = other.new_page()
    page.goto(scene.film_lesson.url)
    shown = page.locator("[data-percent]").inner_text()
    play(page)
    page.wait_for_function(ENDED)
    expect(page.locator("[data-done]")).to_be_visible()

    assert int(shown.removesuffix("%")) >= 30
    assert is_completed(scene)


def test_reports_of_an_hour_without_connection_go_out_together(hers, scene):
    hers.goto(scene.film_lesson.url)
    play(hers)
    hers.wait_for_function(LOADED)
    hers.context.set_offline(True)
    for moment in (1, 2, 3):
        hers.wait_for_function(PLAYING, arg=moment)
        hers.evaluate("() => document.querySelector('video').pause()")
        play(hers)
    hers.wait_for_function(ENDED)
    with hers.expect_response("**/watched/") as batch:
        hers.context.set_offline(False)

    assert batch.value.status == 200
    expect(hers.locator("[data-done]")).to_be_visible()
    assert is_completed(scene)


@pytest.fixture
def text_lesson(scene) -> LessonPage:
    body = "".join(f"<p>{number}{'慢慢读下去' * 4}</p>" for number in range(1, 6))
    return make_lesson(scene.course, title="五步开口", body=body)


def test_text_is_credited_as_far_as_it_was_on_the_screen(hers, scene, text_lesson):
    hers.goto(text_lesson.url)
    hers.evaluate(SPREAD)
    expect(hers.get_by_role("button", name="我已读完")).to_be_hidden()
    expect(hers.locator("[data-percent]")).to_have_text("20%")
    expect(hers.locator("[data-missing]")).to_contain_text("还差")
    for place in range(1, 5):
        hers.locator("[data-from]").nth(place).scroll_into_view_if_needed()
        expect(hers.locator("[data-percent]")).to_have_text(f"{20 * place + 20}%")

    expect(hers.locator("[data-done]")).to_be_visible()


def test_text_goes_on_where_she_stopped(hers, scene, text_lesson):
    hers.goto(text_lesson.url)
    hers.evaluate(SPREAD)
    last = hers.locator("[data-from]").nth(4)
    last.scroll_into_view_if_needed()
    expect(hers.locator("[data-percent]")).not_to_have_text("0%")
    hers.goto(scene.text_lesson.url)
    record = WatchRecord.objects.get(member=scene.member, lesson=text_lesson)
    hers.goto(text_lesson.url)

    assert record.position == int(last.get_attribute("data-from"))
    expect(last).to_be_in_viewport()


def test_low_data_loads_nothing_before_she_plays(hers, scene):
    hers.goto(scene.film_lesson.url)
    hers.get_by_role("button", name="省流量").click()
    expect(hers.get_by_role("button", name="省流量")).to_have_attribute("aria-pressed", "true")
    asked = []
    hers.on("request", lambda request: asked.append(request.url))
    hers.goto(scene.film_lesson.url, wait_until="networkidle")
    before = [url for url in asked if "/media/video" in url]
    play(hers)
    hers.wait_for_function(PLAYING, arg=0.3)

    assert before == []
    assert [url for url in asked if "/media/video" in url]


def test_question_below_the_lesson_is_judged_in_place(hers, scene):
    question = Question.objects.get(current__stem=STEMS["single"])
    LessonCheck.objects.create(lesson=scene.text_lesson, question=question)
    hers.goto(scene.text_lesson.url)
    check = hers.locator(f"#check-{question.pk}")
    check.get_by_label("12345").check()
    check.get_by_role("button", name="看答案").click()
    expect(check).to_contain_text("答错了，看看讲解")

    assert ReviewCard.objects.filter(member=scene.member, question=question).exists()
    check.get_by_role("link", name="再答一次").click()
    expect(check.get_by_role("button", name="看答案")).to_be_visible()
