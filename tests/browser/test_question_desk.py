"""The authoring form in the browser: fields by type, parts of a case, pictures, live preview."""

import pytest
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from quizzes.models import Question, QuestionBank
from quizzes.question_types.registry import get_type
from tests.browser.conftest import PC, sign_in
from tests.editors import make_editor


@pytest.fixture
def desk(new_context, home, academy, tree):
    QuestionBank.objects.create(name="妇女权益")
    page = new_context(PC).new_page()
    sign_in(page, make_editor(home, tree.province))
    page.goto(reverse("question:add"))
    return page


def preview(page):
    return page.frame_locator("[data-preview]")


def test_type_decides_which_fields_are_shown(desk):
    shown = {}
    for key in ("single", "matching", "short", "case"):
        desk.select_option("#id_type", key)
        fields = ["#id_options", "#id_answer", "#id_setting-short-rubric", "[data-part-add]"]
        shown[key] = [desk.is_visible(field) for field in fields]

    assert shown == {
        "single": [True, True, False, False],
        "matching": [True, False, False, False],
        "short": [False, True, True, False],
        "case": [False, False, False, True],
    }


def test_question_is_previewed_while_it_is_written(desk):
    desk.fill("#id_stem", "国际妇女节是哪一天？")
    desk.fill("#id_options", "3月8日\n5月1日")
    desk.fill("#id_answer", "A")

    preview(desk).get_by_text("3月8日").first.wait_for()
    assert preview(desk).locator(".opt").count() == 4


def test_parts_are_added_moved_and_removed(desk):
    desk.select_option("#id_type", "case")
    desk.fill("#id_stem", "邻居受到家暴。")
    for number in range(3):
        desk.click("[data-part-add]")
        desk.select_option(f"#id_parts-{number}-type", "judge")
        desk.fill(f"#id_parts-{number}-stem", f"第 {number} 句。")
        desk.fill(f"#id_parts-{number}-answer", "对")
    parts = desk.locator("[data-part]")
    parts.nth(2).locator("[data-part-up]").click()
    parts.nth(0).locator("[data-part-remove]").click()
    desk.select_option("#id_bank", label="妇女权益")
    desk.click("button[type=submit].button-longrunning")
    desk.wait_for_url(f"**{reverse('question:index')}")

    version = Question.objects.get().current
    question_type = get_type("case")
    authoring = question_type.authoring(question_type.from_data(version.data), version.stem)
    assert [part.authoring.stem for part in authoring.parts] == ["第 2 句。", "第 1 句。"]


def test_picture_is_put_where_the_cursor_stands(desk):
    picture = get_image_model().objects.create(title="海报", file=get_test_image_file())
    desk.fill("#id_stem", "看图：")
    desk.click("li:has(#id_stem) button:has-text('插入图片')")
    desk.click(".modal a:has-text('海报')")
    desk.wait_for_selector(".modal", state="detached")

    assert desk.input_value("#id_stem") == f"看图：[图片:{picture.pk}]"
