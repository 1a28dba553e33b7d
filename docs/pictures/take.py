"""Take the pictures of the README and the guide from a running demo: `take.py ADDRESS`.

The demo's own sign-ins are used, and what they do stays in the database: run it on a demo of its
own (`VAR_DIR=… python manage.py serve`), never on a site in use.
"""

import sys
from pathlib import Path

from camera import EDITOR, MEMBER, PC, PHONE, STAFF, open_browser, open_page, save_small, shoot
from federation_desk import take_federation_desk
from guide import take_guide_pictures
from PIL import Image
from playwright.sync_api import Browser, Page
from quiz_run import (
    answer_all,
    answer_question,
    hand_in,
    open_quiz,
    read_answers,
    read_stem,
    start_attempt,
)

HERE = Path(__file__).parent
QUIZ = "每周一练"
DEVICES = {"phone": PHONE, "pc": PC}
# Standings are folded every three seconds.
FOLDING = 5_000
# A result after five seconds would look like nobody.
THINKING = 75_000
ENOUGH_DATA, SPINNER = 4, 2_500
THREE, THREE_WIDTH, MARGIN = ("home", "lesson", "board"), 400, 24
PAPER = (246, 240, 236)


def learn_answers(browser: Browser, site: str) -> dict[str, list[str]]:
    """Hand in once without knowing anything: the result page explains the rest."""
    with open_page(browser, site, PC, MEMBER) as page:
        open_quiz(page, QUIZ)
        start_attempt(page)
        answer_all(page, {})
        hand_in(page)
        return read_answers(page)


def show_lesson(page: Page) -> None:
    """The continued lesson with its first picture there, and no spinner before it."""
    page.click("text=继续学习")
    # Polled from here: the site's content policy forbids evaluating in the page's own loop.
    while page.locator("video").evaluate("video => video.readyState") < ENOUGH_DATA:
        page.wait_for_timeout(200)
    page.wait_for_timeout(SPINNER)


def answer_first(page: Page, answers: dict[str, list[str]], *, pause: int = 0) -> None:
    """Begin, and answer the first question so that the page says it is saved."""
    start_attempt(page)
    page.wait_for_timeout(pause)
    answer_question(page, answers[read_stem(page)])
    page.wait_for_selector(".saved:has-text('答案已保存')")
    page.evaluate("window.scrollTo(0, 0)")


def walk(page: Page, name: str, answers: dict[str, list[str]]) -> None:
    def keep(what: str) -> None:
        shoot(page, HERE / f"{what}-{name}.png")

    page.goto("/")
    keep("home")
    show_lesson(page)
    keep("lesson")
    open_quiz(page, QUIZ)
    answer_first(page, answers, pause=THINKING)
    keep("quiz")
    answer_all(page, answers, wrong=2)
    hand_in(page)
    keep("result")
    page.wait_for_timeout(FOLDING)
    page.goto("/board/")
    keep("board")
    page.goto("/me/")
    keep("me")


def walk_large(page: Page, answers: dict[str, list[str]]) -> None:
    """The largest letters, as she finds them after choosing 特大字."""
    page.context.add_cookies([{"name": "text_size", "value": "xl", "url": page.url}])
    page.goto("/")
    shoot(page, HERE / "home-xl.png")
    open_quiz(page, QUIZ)
    answer_first(page, answers)
    shoot(page, HERE / "quiz-xl.png")
    answer_all(page, answers)
    hand_in(page)


def read_and_look_up(page: Page) -> None:
    """What a visitor reads, and how she finds the article of a law."""
    page.goto("/columns/jiankang-guanai/liangai-shaicha-quanliucheng/")
    shoot(page, HERE / "article-phone.png")
    page.goto("/search/?q=人身安全保护令")
    shoot(page, HERE / "search-phone.png")
    page.goto("/knowledge/fan-jia-ting-bao-li-fa/#a23")
    shoot(page, HERE / "knowledge-phone.png")


def show_desk(page: Page) -> None:
    page.goto("/admin/")
    shoot(page, HERE / "desk-pc.png", width=960)


def put_side_by_side() -> None:
    """Home, lesson and board on one sheet, for the README."""
    screens = [Image.open(HERE / f"{name}-phone.png").convert("RGB") for name in THREE]
    height = round(screens[0].height * THREE_WIDTH / screens[0].width)
    width = len(screens) * (THREE_WIDTH + MARGIN) + MARGIN
    sheet = Image.new("RGB", (width, height + 2 * MARGIN), PAPER)
    for place, screen in enumerate(screens):
        small = screen.resize((THREE_WIDTH, height), Image.Resampling.LANCZOS)
        sheet.paste(small, (MARGIN + place * (THREE_WIDTH + MARGIN), MARGIN))
    save_small(sheet, HERE / "three-screens.png")


def main(site: str) -> None:
    with open_browser() as browser:
        answers = learn_answers(browser, site)
        for name, device in DEVICES.items():
            with open_page(browser, site, device, MEMBER) as page:
                walk(page, name, answers)
            with open_page(browser, site, device, STAFF) as page:
                take_federation_desk(page, HERE, name)
        with open_page(browser, site, PHONE, MEMBER) as page:
            walk_large(page, answers)
        with open_page(browser, site, PHONE) as page:
            read_and_look_up(page)
        with open_page(browser, site, PC, EDITOR) as page:
            show_desk(page)
        put_side_by_side()
        take_guide_pictures(browser, site)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
