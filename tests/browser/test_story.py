"""The main job, end to end, on a phone: publish, learn, answer through a lost connection, rank."""

import re

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Site

from config.demo.film import make_film
from config.groups import EDITORS
from config.site_setup import set_up_site
from courses.models import CoursePage, LessonPage
from federations.models import StaffRoleType
from learning.domain.standings import rebuild_open_standings
from learning.models import Plan, PlanItem
from quizzes.models import Attempt, QuizPage
from tests.browser.conftest import sign_in
from tests.editors import make_reviewers, pass_reviews
from tests.factories import make_committee_member, make_staff
from tests.learning.test_standings import NOW
from tests.quizzes.bank import make_bank, make_question

STEMS = ["妇女节是哪一天？", "遇到家暴先做什么？", "热线是哪一个？", "谁能申请保护令？"]
LESSON, QUIZ = "三句话讲清保护令", "保护令小测"


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "lesson.mp4"
    path.write_bytes(make_film(scene="book", seconds=6))
    return path


@pytest.fixture
def site(transactional_db, tree):
    """An academy with a course, a bank and a plan; ten members in each of two villages."""
    home = set_up_site()
    Site.objects.update(hostname="localhost")
    academy = home.get_children().get(slug="academy")
    academy.add_child(instance=CoursePage(title="维权实务", slug="rights"))
    bank = make_bank("维权题库")
    for stem in STEMS:
        make_question(bank, stem=stem)
    for village in (tree.village, tree.sibling_village):
        for number in range(9):
            make_committee_member(village, f"执委{number}")
    return home


@pytest.fixture
def member(site, tree):
    return make_committee_member(tree.village, "陈秀英")


@pytest.fixture
def stranger(site, tree):
    return make_committee_member(tree.sibling_village, "黄桂芳")


def choose(page: Page, name: str) -> None:
    """Pick one from the chooser that has just opened."""
    page.locator(".modal-content").get_by_role("link", name=name).click()
    expect(page.locator(".modal-content")).to_have_count(0)


def publish(page: Page, kind, reviewers) -> None:
    """Wagtail's action menu at the page's foot; then three people read it."""
    page.locator("footer").get_by_role("button", name="更多动作").click()
    page.locator("[name=action-submit]").click()
    expect(page.locator(".messages")).to_contain_text("提交")
    pass_reviews(kind.objects.get(), reviewers)


def publish_lesson(page: Page, film, reviewers) -> None:
    course = CoursePage.objects.get()
    page.goto("/admin/media/video/add/")
    page.fill("[name=title]", LESSON)
    page.set_input_files("[name=file]", film)
    page.get_by_role("button", name=re.compile("上传|保存")).last.click()
    expect(page.locator(".messages")).to_contain_text(LESSON)
    page.get_by_role("link", name=LESSON).first.click()
    expect(page.locator(".media-state")).to_contain_text("可以播放", timeout=60_000)
    page.goto(f"/admin/pages/add/courses/lessonpage/{course.pk}/")
    page.fill("[name=title]", LESSON)
    page.get_by_role("button", name=re.compile("选择.*(音视频|媒体|视频)")).first.click()
    choose(page, LESSON)
    page.fill("[name=points]", "先看安全\n再听她说\n陪她申请")
    publish(page, LessonPage, reviewers)


def publish_quiz(page: Page, reviewers) -> None:
    academy = CoursePage.objects.get().get_parent()
    page.goto(f"/admin/pages/add/quizzes/quizpage/{academy.pk}/")
    page.fill("[name=title]", QUIZ)
    for number, stem in enumerate(STEMS):
        page.locator("#id_fixed_questions-ADD").click()
        row = page.locator(f"#inline_child_fixed_questions-{number}")
        row.get_by_role("button", name=re.compile("选择")).first.click()
        choose(page, stem)
    page.fill("[name=time_limit]", "10")
    publish(page, QuizPage, reviewers)


def make_plan(tree) -> Plan:
    plan = Plan.objects.create(
        title="年度学习任务", federation=tree.province, opens_at=NOW, is_default=True
    )
    for place, page in enumerate([LessonPage.objects.get(), QuizPage.objects.get()]):
        PlanItem.objects.create(plan=plan, page=page, sort_order=place)
    rebuild_open_standings(now=NOW)
    return plan


def watch_lesson(page: Page) -> None:
    page.get_by_role("link", name=LESSON).first.click()
    page.locator("[data-play]").click()
    expect(page.locator("[data-done]")).to_be_visible(timeout=20_000)


def answer_quiz(page: Page) -> None:
    """Four questions; the connection is lost at the second and comes back."""
    page.goto("/quizzes/")
    page.get_by_role("link", name=QUIZ).click()
    page.get_by_role("button", name="开始答题").click()
    tap(page, 1, "乙")
    press(page, "下一题")
    page.context.set_offline(True)
    tap(page, 2, "乙")
    expect(page.locator("[data-saved]:visible")).to_contain_text("断网了")
    press(page, "下一题")
    tap(page, 3, "乙")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]:visible")).to_contain_text("答案已保存")
    press(page, "下一题")
    tap(page, 4, "甲")
    press(page, "检查并交卷")
    press(page, "交卷")
    page.wait_for_url("**/result/")


def press(page: Page, name: str) -> None:
    page.locator(".dock .btn:visible", has_text=name).click()


def tap(page: Page, number: int, option: str) -> None:
    expect(page.locator("[data-question]:visible")).to_have_count(1)
    question = page.locator(f"[data-question='{number}']:visible")
    question.locator(".opt", has_text=option).click()
    expect(question.locator("input:checked")).to_have_count(1)


def board_figures(page: Page, plan: Plan, federation) -> dict:
    """(number, due) of a federation's two rates as they stand on the screen."""
    page.goto(f"/board/?plan={plan.pk}&federation={federation.pk}")
    joined, completed = re.findall(r"(\d+) / (\d+)", page.locator(".figs").first.inner_text())
    return {"joined": joined, "completed": completed}


def wait_for_board(page: Page, plan: Plan, federation, expected: dict) -> dict:
    """The leaderboard shows it within ten seconds."""
    for _ in range(20):
        if (shown := board_figures(page, plan, federation)) == expected:
            break
        page.wait_for_timeout(500)
    return shown


def with_count(number: str, due: str) -> dict:
    return {"joined": (number, due), "completed": (number, due)}


def levels(tree) -> list:
    return [tree.village, tree.town, tree.county, tree.city, tree.province]


def make_editor(tree):
    editor = make_staff(tree.province, StaffRoleType.EDITOR, "林晓岚")
    editor.groups.set(editor.groups.model.objects.filter(name=EDITORS))
    return editor


def statuses(page: Page, attempt: Attempt) -> list[int]:
    base = f"/quizzes/attempts/{attempt.pk}"
    return [page.goto(f"{base}/{end}").status for end in ("", "1/", "finish/", "result/")]


def test_whole_story(new_context, scheduler, site, tree, film, member, stranger):
    editors_phone, phone, strangers_phone = (new_context().new_page() for _ in range(3))
    sign_in(editors_phone, make_editor(tree))
    reviewers = make_reviewers(site, tree.province)
    publish_lesson(editors_phone, film, reviewers)
    publish_quiz(editors_phone, reviewers)
    plan = make_plan(tree)

    sign_in(phone, member)
    before = [board_figures(phone, plan, federation) for federation in levels(tree)]
    phone.goto("/")
    watch_lesson(phone)
    answer_quiz(phone)
    assert phone.locator(".score .num").inner_text() == "75 分"

    # Every level changes by exactly her result, and her neighbours' village not at all.
    assert before == [with_count("0", due) for due in ("10", "20", "20", "20", "20")]
    after = [with_count("1", due) for due in ("10", "20", "20", "20", "20")]
    shown = zip(levels(tree), after, strict=True)
    assert [wait_for_board(phone, plan, f, expected) for f, expected in shown] == after
    assert board_figures(phone, plan, tree.sibling_village) == with_count("0", "10")

    # A member of another village sees the figures, and nothing of hers.
    sign_in(strangers_phone, stranger)
    assert board_figures(strangers_phone, plan, tree.village) == with_count("1", "10")
    assert "陈秀英" not in strangers_phone.content()
    assert statuses(strangers_phone, Attempt.objects.get()) == [404, 404, 404, 404]
    strangers_phone.goto("/admin/")
    assert "/accounts/login/" in strangers_phone.url
