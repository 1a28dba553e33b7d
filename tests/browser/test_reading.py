"""Reading an article: aloud, on paper, and as search engines and WeChat see it."""

import pytest
from playwright.sync_api import Page, expect

from cms.models import ArticlePage

# Stands for the phone's speech engine: notes what it is told, and ends a piece when asked to.
VOICE = """
window.spoken = [];
const mandarin = {lang: "zh-CN", localService: true, name: "婷婷"};
window.voices = [{lang: "en-US"}, {lang: "zh-HK"}, mandarin];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => window.voices,
  speak(each) { window.spoken.push(each.text); window.now = each; },
  cancel() { window.silenced = (window.silenced || 0) + 1; },
  addEventListener() {},
}});
"""
LONG = "，".join(["这是很长很长的一句话"] * 12) + "。"

# What surrounds an article on the screen.
CHROME = (".tabs", ".reading-tools", "a.crumb", ".foot", ".seek")


@pytest.fixture
def article(scene) -> ArticlePage:
    body = [
        ("heading", "三步走"),
        ("paragraph", "<p>先看安全。再听她说！</p><ul><li>记下<b>日期</b></li></ul>"),
        ("paragraph", f"<p>{LONG}</p>"),
    ]
    page = ArticlePage(title="怎么帮她", slug="help", body=body)
    return scene.column.add_child(instance=page)


def open_page(new_context, article, script=VOICE) -> Page:
    context = new_context()
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.goto(article.url)
    return page


@pytest.fixture
def listener(new_context, article) -> Page:
    return open_page(new_context, article)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def end_piece(page: Page) -> None:
    page.evaluate("window.now.onend()")


def marked(page: Page) -> list[str]:
    return page.locator(".is-read").all_inner_texts()


def test_no_button_without_a_chinese_voice(new_context, article):
    page = open_page(new_context, article, script=VOICE.replace("zh-", "fr-"))

    expect(page.get_by_role("button", name="听文章")).to_have_count(0)


def test_no_button_without_a_speech_engine(new_context, article):
    page = open_page(
        new_context, article, "Object.defineProperty(window, 'speechSynthesis', {value: undefined})"
    )

    expect(page.get_by_role("button", name="听文章")).to_have_count(0)


def test_paragraph_that_is_read_is_marked(listener):
    press(listener, "听文章")
    seen = [marked(listener)]
    for _ in range(3):
        end_piece(listener)
        seen.append(marked(listener))

    assert seen == [["三步走"], ["先看安全。再听她说！"], ["先看安全。再听她说！"], ["记下日期"]]


def test_pieces_are_short_and_nothing_is_left_out(listener):
    press(listener, "听文章")
    while listener.locator(".is-read").count():
        end_piece(listener)
    spoken = listener.evaluate("window.spoken")

    assert ("".join(spoken), max(map(len, spoken)) <= 50) == (
        f"三步走先看安全。再听她说！记下日期{LONG}",
        True,
    )


def test_the_best_voice_speaks(listener):
    press(listener, "听文章")

    assert listener.evaluate("[window.now.lang, window.now.voice.name]") == ["zh-CN", "婷婷"]


def test_pause_goes_on_with_the_same_piece(listener):
    press(listener, "听文章")
    end_piece(listener)
    press(listener, "暂停")
    end_piece(listener)  # the engine says so of what was cut off
    press(listener, "接着听")

    assert listener.evaluate("window.spoken") == ["三步走", "先看安全。", "先看安全。"]


def test_stop_begins_anew(listener):
    press(listener, "听文章")
    end_piece(listener)
    press(listener, "停止")
    stopped = marked(listener)
    press(listener, "听文章")

    assert (stopped, listener.evaluate("window.spoken[2]")) == ([], "三步走")


def test_keyboard_plays_and_stops(listener):
    listener.get_by_role("button", name="听文章").focus()
    listener.keyboard.press("Enter")
    playing = marked(listener)
    listener.keyboard.press("Escape")

    assert (playing, marked(listener)) == (["三步走"], [])


def test_leaving_the_page_ends_the_voice(listener):
    press(listener, "听文章")
    before = listener.evaluate("window.silenced")
    listener.evaluate("window.dispatchEvent(new Event('pagehide'))")

    assert (listener.evaluate("window.silenced") > before, marked(listener)) == (True, [])


def test_paper_has_the_text_and_its_address_alone(listener):
    listener.emulate_media(media="print")
    shown = [
        listener.locator(place).first.is_visible() for place in (".print-head", "#text", *CHROME)
    ]

    assert shown == [True, True, *[False] * len(CHROME)]
    expect(listener.locator(".print-head")).to_contain_text("/columns/rights/help/")


def test_text_size_is_chosen_on_the_page(listener):
    with listener.expect_response("**/text-size/"):
        press(listener, "特大字")

    assert listener.evaluate("getComputedStyle(document.documentElement).fontSize") == "25px"


def test_data_for_search_engines_breaks_no_policy(new_context, article):
    context = new_context()
    heard = []
    context.on("console", lambda message: heard.append(message.text))
    page = context.new_page()
    page.goto(article.url)
    kinds = page.locator("script[type='application/ld+json']").evaluate_all(
        "blocks => blocks.map((each) => JSON.parse(each.textContent)['@type'])"
    )

    assert (kinds, heard) == (["Article", "BreadcrumbList"], [])
