"""The scripts of the answer screens: they only help to fill in what is there without them."""

from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from quizzes.question_types.registry import QUESTION_TYPES
from tests.quizzes.samples import SAMPLES

STATIC = Path(settings.BASE_DIR) / "static"
PICKED = "[...document.querySelectorAll('select')].map(each => each.value)"
SHOWN = "[...document.querySelectorAll('[data-item]')].map(each => each.dataset.item)"


@pytest.fixture
def show(new_context):
    """A page with one question as it is asked, and the script that belongs to it."""

    def open_page(name: str, script: str, response=(), size: str = ""):
        sample = SAMPLES[name]
        layout = sample.question_type.layout(sample.spec, Random(1), True)
        shown = sample.question_type.present(sample.spec, layout, response)
        html = render_to_string(sample.question_type.answer_template, {"q": shown})
        page = new_context().new_page()
        page.set_content(
            f'<!DOCTYPE html><html lang="zh-CN" data-size="{size}"><meta name="viewport"'
            f' content="width=device-width"><main class="wrap"><form class="card q">'
            f"{html.split('<script')[0]}</form></main></html>"
        )
        page.add_style_tag(path=STATIC / "css" / "app.css")
        page.evaluate(
            "window.told = 0; document.addEventListener('change', () => { window.told += 1; })"
        )
        page.add_script_tag(path=STATIC / "js" / script)
        return page

    return open_page


def press(page, item: str, way: int) -> None:
    page.click(f"[data-item='{item}'] [data-way='{way}']")


def test_arrows_write_the_pickers_and_tell_of_it(show):
    page = show("ordering", "arrange.js")
    first, second, *rest = page.evaluate(SHOWN)

    press(page, first, 1)

    assert page.evaluate(PICKED) == [second, first, *rest]
    assert page.evaluate("window.told") == 1
    assert "现在排第 2" in page.text_content("[data-arrange-status]")


def test_untouched_order_is_no_answer(show):
    page = show("ordering", "arrange.js")

    assert page.evaluate(PICKED) == ["", "", "", ""]
    assert "不用动的话，请点“就是这个顺序”" in page.text_content("[data-arrange-hint]")


def test_arrows_work_from_the_keyboard_and_keep_the_focus(show):
    page = show("ordering", "arrange.js")
    first = page.evaluate(SHOWN)[0]
    page.focus(f"[data-item='{first}'] [data-way='1']")

    for _ in range(3):
        page.keyboard.press("Enter")

    assert page.evaluate(SHOWN)[3] == first
    focused = page.evaluate("document.activeElement.closest('[data-item]').dataset.item")
    assert focused == first


def test_saved_order_is_shown_again(show):
    page = show("ordering", "arrange.js", response=["d", "a", "c", "b"])

    assert page.evaluate(SHOWN) == ["d", "a", "c", "b"]


def test_order_from_another_phone_is_shown(show):
    page = show("ordering", "arrange.js")
    page.evaluate(
        "[...'cadb'].forEach((id, i) => { document.querySelectorAll('select')[i].value = id; });"
        "window.dispatchEvent(new CustomEvent('quiz:shown'))"
    )

    page.wait_for_function(f"{SHOWN}.join('') === 'cadb'")


def test_counter_says_what_is_left(show):
    page = show("short-model", "counter.js", response=["倾听"])
    page.fill("textarea", "先听她说完")

    assert page.text_content(".long .hint") == "还可以写 15 字"


@pytest.mark.parametrize(("size", "least"), [("", 44), ("xl", 60)])
@pytest.mark.parametrize("key", QUESTION_TYPES)
def test_everything_to_press_is_large_enough_and_nothing_overflows(show, key, size, least):
    page = show(key, "arrange.js", size=size)

    heights = page.evaluate(
        "[...document.querySelectorAll('button, select, textarea, input, .opt')]"
        ".filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
    )
    assert min(heights) >= least
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
