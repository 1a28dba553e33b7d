"""Answer a quiz as a member does; the right answers are learnt from her own result page."""

from playwright.sync_api import Locator, Page

# What she ticks and fills in, by the words of the question.
Answers = dict[str, list[str]]


def open_quiz(page: Page, title: str) -> None:
    page.goto("/quizzes/")
    page.click(f"main a:has-text('{title}')")


def start_attempt(page: Page) -> None:
    page.click(".dock .btn.p")
    page.wait_for_selector("[data-question]:visible")


def shown_question(page: Page) -> Locator:
    """The one on the screen: all of them are on the page."""
    return page.locator("[data-question]:visible")


def read_stem(page: Page) -> str:
    legend = shown_question(page).locator("legend")
    return legend.evaluate("node => node.lastChild.textContent.trim()")


def answer_question(page: Page, wanted: list[str]) -> None:
    """Give the wanted answer; without one the first option, or any word."""
    question = shown_question(page)
    for number, blank in enumerate(question.locator(".opts input[type=text]").all()):
        blank.fill(wanted[number] if wanted else "不清楚")
    options = question.locator(".opt")
    if options.count() and not wanted:
        options.first.click()
    for text in wanted if options.count() else []:
        options.filter(has_text=text).first.click()
    page.wait_for_timeout(150)


def answer_all(page: Page, answers: Answers, *, wrong: int = 0) -> None:
    """From the question on screen to the last one; question number `wrong` is answered blindly."""
    last = page.locator("[data-question]").count()
    for number in range(int(shown_question(page).get_attribute("data-question")), last + 1):
        answer_question(page, [] if number == wrong else answers.get(read_stem(page), []))
        page.click("[data-next]")
    page.wait_for_selector("form[data-hand-in]:visible")


def hand_in(page: Page) -> None:
    page.click("form[data-hand-in] button[type=submit]")
    page.wait_for_url("**/result/")


def read_answers(page: Page) -> Answers:
    """The right answers as the result page explains them."""
    return {
        review.locator(".stem").inner_text().strip(): _read_right(review)
        for review in page.locator("article.rev").all()
    }


def _read_right(review: Locator) -> list[str]:
    if review.locator("li.blank").count():
        lines = review.locator("li.blank p:last-child").all_inner_texts()
        return [line.split("：")[-1].split(" 或 ")[0].strip() for line in lines]
    words = "node => node.querySelector('b').nextSibling.textContent.trim()"
    return [option.evaluate(words) for option in review.locator("li.is-right > span").all()]
