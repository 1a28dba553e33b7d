"""The authoring form: preview, parts, settings, and where its messages stand."""

import pytest
from django.urls import reverse

from config.groups import EDITORS, set_up_groups
from federations.models import StaffRoleType
from quizzes.models import Question, QuestionBank
from tests.factories import make_staff
from tests.pages import make_lesson
from tests.quizzes.authoring import CASES, make_question, question_data, read_authoring

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db):
    return QuestionBank.objects.create(name="妇女权益")


@pytest.fixture
def editor(tree, academy, home):
    set_up_groups(root_page=home)
    editor = make_staff(tree.province, StaffRoleType.EDITOR, "林编辑")
    editor.groups.add(editor.groups.model.objects.get(name=EDITORS))
    return editor


@pytest.mark.parametrize("case", CASES)
def test_unsaved_question_is_previewed(client, editor, bank, case):
    client.force_login(editor)

    response = client.post(reverse("question_preview_typed"), question_data(bank, **CASES[case]))

    used = [each.name for each in response.templates]
    assert {f"questions/{case}/answer.html", f"questions/{case}/review.html"} <= set(used)
    assert Question.objects.count() == 0


def test_preview_says_what_is_missing(client, editor, bank):
    client.force_login(editor)

    response = client.post(reverse("question_preview_typed"), question_data(bank, answer=""))

    assert response.context["problems"] == ["没有填写正确答案，请填选项字母，例如 B 或 A,C。"]


def test_preview_names_the_field_that_is_empty(client, editor, bank):
    client.force_login(editor)

    response = client.post(reverse("question_preview_typed"), question_data(bank, stem=""))

    assert response.context["problems"] == ["题干还没有填。"]


def test_preview_is_for_editors(client, tree, bank):
    client.force_login(make_staff(tree.province, StaffRoleType.VIEWER))

    response = client.post(reverse("question_preview_typed"), question_data(bank))

    assert response.status_code == 302


def test_inspected_question_is_previewed(client, editor, bank):
    question = make_question(bank)
    client.force_login(editor)

    page = client.get(reverse("question:inspect", args=[question.pk])).content.decode()
    preview = client.get(reverse("question_preview", args=[question.current_id]))

    assert reverse("question_preview", args=[question.current_id]) in page
    assert "questions/single/review.html" in [each.name for each in preview.templates]


# Parts and settings.


def test_parts_are_kept_in_their_order_with_their_settings(client, editor, bank):
    client.force_login(editor)

    client.post(reverse("question:add"), question_data(bank, **CASES["case"]))

    parts = read_authoring(Question.objects.get()).parts
    assert [(part.type, part.authoring.stem) for part in parts] == [
        ("multiple", "还可以怎样做？"),
        ("judge", "可以申请人身安全保护令。"),
    ]
    assert parts[0].authoring.settings["scoring"] == "partial"


def test_removed_part_is_left_out(client, editor, bank):
    client.force_login(editor)
    data = CASES["case"] | {"parts-0-DELETE": "on"}

    client.post(reverse("question:add"), question_data(bank, **data))

    assert len(read_authoring(Question.objects.get()).parts) == 1


def test_wrong_part_is_explained_at_its_field(client, editor, bank):
    client.force_login(editor)
    data = CASES["case"] | {"parts-1-options": "报警"}

    response = client.post(reverse("question:add"), question_data(bank, **data))

    form = response.context["form"]
    assert form.part_forms.errors == [
        {},
        {
            "options": ["选择题至少要有 2 个选项，请补充选项。"],
            "answer": ["答案 B 没有对应的选项，请改答案或补充选项。"],
        },
    ]
    assert form.non_field_errors() == ["有的小题还要修改，请看下面标红的地方。"]
    assert form.part_forms[1]["stem"].value() == "还可以怎样做？"


def test_case_without_parts_is_refused(client, editor, bank):
    client.force_login(editor)
    data = CASES["case"] | {"parts-TOTAL_FORMS": 0}

    response = client.post(reverse("question:add"), question_data(bank, **data))

    assert response.context["form"].errors["type"] == [
        "材料题至少要有 1 个小题，请点“加一个小题”。"
    ]


def test_setting_is_kept(client, editor, bank):
    client.force_login(editor)
    data = CASES["multiple"] | {"setting-multiple-scoring": "partial"}

    client.post(reverse("question:add"), question_data(bank, **data))

    assert read_authoring(Question.objects.get()).settings["scoring"] == "partial"


def test_what_another_type_uses_is_left_out(client, editor, bank):
    client.force_login(editor)
    data = CASES["blank"] | {"options": "还没删的选项", "setting-multiple-scoring": "partial"}

    client.post(reverse("question:add"), question_data(bank, **data))

    assert read_authoring(Question.objects.get()).options == ()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"options": "3月8日"}, "options"),
        ({"options": "3月8日\n3月8日"}, "options"),
        ({"answer": "D"}, "answer"),
        ({"type": "blank", "stem": "____月____日", "answer": "三"}, "stem"),
        (CASES["short"] | {"setting-short-rubric": "没有分值"}, "setting-short-rubric"),
    ],
)
def test_message_is_at_the_field_that_it_names(client, editor, bank, typed, field):
    client.force_login(editor)

    response = client.post(reverse("question:add"), question_data(bank, **typed))

    assert list(response.context["form"].errors) == [field]


# What explains the answer.


def test_explaining_page_is_kept(client, editor, bank, academy):
    lesson = make_lesson(academy)
    client.force_login(editor)

    client.post(
        reverse("question:add"), question_data(bank, explained_by=lesson.pk, explained_at=95)
    )

    question = Question.objects.get()
    assert (question.explained_by_id, question.explained_at) == (lesson.pk, 95)


def test_page_that_explains_nothing_is_refused(client, editor, bank, academy):
    client.force_login(editor)

    response = client.post(reverse("question:add"), question_data(bank, explained_by=academy.pk))

    assert response.context["form"].errors["explained_by"] == ["请选一节微课或一篇知识条目。"]


def test_second_without_a_page_is_refused(client, editor, bank):
    client.force_login(editor)

    response = client.post(reverse("question:add"), question_data(bank, explained_at=95))

    assert list(response.context["form"].errors) == ["explained_by"]


def test_help_of_a_field_stands_above_its_input(client, editor, bank):
    client.force_login(editor)
    page = client.get(reverse("question:add")).content.decode()

    places = [page.index(each) for each in ("一行一个选项", 'name="options"')]
    assert places == sorted(places)


def test_preview_runs_no_scripts(client, editor, bank):
    """Its frame is a sandbox: each script would be an error in the editor's console."""
    client.force_login(editor)
    data = question_data(bank, type="ordering", options="一\n二\n三", answer="")
    page = client.post(reverse("question_preview_typed"), data).content.decode()

    assert ("一" in page, "<script" in page) == (True, False)
