"""听书 in a real browser: one player goes from episode to episode."""

from playwright.sync_api import expect

from courses.models import EpisodePlays, LessonPage, WatchRecord
from tests.browser.conftest import enter
from tests.browser.scene import Scene

# Reports that wait to be sent are kept in the phone's storage.
OUTBOX_IS_EMPTY = "() => !JSON.stringify(localStorage).includes('intervals')"
FIRST, SECOND = "村口的议事凳", "荔枝红的时候"


def player(page):
    return page.locator("audio")


def test_player_goes_on_with_the_next_episode(phone, live_server, scene: Scene):
    enter(phone.context, live_server.url, scene.member)
    first = LessonPage.objects.get(title=FIRST)
    phone.goto(f"{scene.series.url}?e={first.pk}")
    title = phone.locator("[data-listen-title]")
    expect(title).to_have_text(FIRST)

    player(phone).evaluate("(audio) => audio.play()")

    expect(title).to_have_text(SECOND)
    expect(phone.locator("[aria-current=true] h3")).to_have_text(f"2. {SECOND}")
    phone.wait_for_function("() => document.querySelector('audio').ended")
    phone.wait_for_function(OUTBOX_IS_EMPTY)
    assert WatchRecord.objects.filter(member=scene.member, watched__gt=20).count() == 2
    assert list(EpisodePlays.objects.values_list("by_members", "by_visitors")) == [(1, 0), (1, 0)]


def test_row_is_played_in_place(phone, scene: Scene):
    phone.goto(scene.series.url)
    address = phone.url

    phone.get_by_role("link", name=FIRST).click()

    expect(phone.locator("[data-listen-title]")).to_have_text(FIRST)
    phone.wait_for_function("() => !document.querySelector('audio').paused")
    assert phone.url == address


def test_visitor_goes_on_where_she_stopped(phone, scene: Scene):
    phone.goto(scene.series.url)
    player(phone).evaluate(
        "(audio) => audio.play().then(() => new Promise((done) => setTimeout(done, 2500)))"
    )
    player(phone).evaluate("(audio) => audio.pause()")
    phone.reload()

    player(phone).evaluate("(audio) => audio.play()")
    phone.wait_for_function("() => document.querySelector('audio').currentTime > 1")

    assert phone.evaluate("JSON.parse(localStorage.getItem('listening'))") != {}


def test_player_obeys_the_keyboard(new_context, scene: Scene):
    page = new_context({"width": 1280, "height": 800}).new_page()
    page.goto(scene.series.url)
    player(page).focus()

    page.keyboard.press("Space")

    page.wait_for_function("() => !document.querySelector('audio').paused")


def test_without_javascript_every_episode_is_a_link(new_context, scene: Scene):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(scene.series.url)

    page.get_by_role("link", name=FIRST).click()

    expect(page.locator("[data-listen-title]")).to_have_text(FIRST)
    expect(page.get_by_role("link", name="下一集")).to_be_visible()
