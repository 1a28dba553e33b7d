"""Authoring questions, and what a quiz must have before it is published."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from config.groups import EDITORS, set_up_groups
from federations.models import StaffRoleType
from quizzes.domain.bank import save_question
from quizzes.models import Question, QuestionBank, QuizPage, QuizQuestion
from tests.counting import count_queries
from tests.factories import make_staff

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


def make_question(bank, stem="国际妇女节是哪一天？"):
    return save_question(
        bank=bank, type="single", stem=stem, options=("3月8日", "5月1日"), answers=("A",)
    )


def question_data(bank, **fields):
    return {
        "bank": bank.pk,
        "type": "single",
        "stem": "国际妇女节是哪一天？",
        "options": "3月8日\n5月1日\n10月1日",
        "answer": "A",
        "explanation": "",
        "difficulty": 3,
        "knowledge_point": "",
        "source": "",
        "tags": "",
    } | fields


CASES = {
    "single": {},
    "multiple": {"type": "multiple", "answer": "AC"},
    "judge": {"type": "judge", "options": "", "answer": "对"},
    "blank": {"type": "blank", "stem": "____月____日", "options": "", "answer": "三|||3\n八"},
}


@pytest.mark.parametrize("case", CASES)
def test_question_of_each_type_is_filed(client, editor, bank, case):
    client.force_login(editor)

    client.post(reverse("question:add"), question_data(bank, **CASES[case]))

    version = Question.objects.get().current
    assert (version.type, version.created_by) == (case, editor)


@pytest.mark.parametrize("case", CASES)
def test_saving_unchanged_makes_no_version(client, editor, bank, case):
    client.force_login(editor)
    client.post(reverse("question:add"), question_data(bank, **CASES[case]))
    question = Question.objects.get()
    shown = client.get(reverse("question:edit", args=[question.pk])).context["form"].initial
    data = {key: shown[key] for key in ("type", "stem", "options", "answer", "explanation")}

    client.post(reverse("question:edit", args=[question.pk]), question_data(bank, **data))

    assert question.versions.count() == 1


def test_edit_makes_a_version(client, editor, bank):
    question = make_question(bank)
    client.force_login(editor)

    client.post(
        reverse("question:edit", args=[question.pk]),
        question_data(bank, stem="三八节是哪一天？", is_retired="on"),
    )

    question.refresh_from_db()
    assert (question.current.number, question.current.stem) == (2, "三八节是哪一天？")
    assert question.is_retired is True


def test_wrong_answer_is_explained_and_input_kept(client, editor, bank):
    client.force_login(editor)

    response = client.post(reverse("question:add"), question_data(bank, answer="AB"))

    form = response.context["form"]
    assert form.errors["answer"] == [
        "单选题只能有 1 个正确答案，现在有 2 个；请只留一个，或改为多选题。"
    ]
    assert form["options"].value() == "3月8日\n5月1日\n10月1日"


def test_duplicate_is_refused(client, editor, bank):
    existing = make_question(bank)
    client.force_login(editor)

    response = client.post(reverse("question:add"), question_data(bank, options="3月8日\n5月1日"))

    assert response.context["form"].errors["stem"] == [
        f"这个题库里已经有同样的题（第 {existing.pk} 号），请修改题干或选项，或直接用那道题。"
    ]


def test_unused_question_is_deleted(client, editor, bank):
    question = make_question(bank)
    client.force_login(editor)

    client.post(reverse("question:delete", args=[question.pk]))

    assert Question.objects.count() == 0


def test_used_question_is_not_deleted(client, editor, bank, academy):
    question = make_question(bank)
    academy.add_child(
        instance=QuizPage(
            title="测验", slug="quiz", fixed_questions=[QuizQuestion(question=question)]
        )
    )
    client.force_login(editor)

    response = client.post(reverse("question:delete", args=[question.pk]))

    assert Question.objects.count() == 1
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "这道题在测验里用着，或可能已经出现在答卷里，不能删除。请勾选“停用”，它就不再出新卷。"
    ]


@pytest.mark.parametrize("case", CASES)
def test_preview_shows_the_question(client, editor, bank, case):
    client.force_login(editor)
    client.post(reverse("question:add"), question_data(bank, **CASES[case]))

    response = client.get(reverse("question:inspect", args=[Question.objects.get().pk]))

    assert f"questions/{case}/answer.html" in [each.name for each in response.templates]


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=妇女节", 1), ("?q=劳动节", 0), ("?type=single", 1), ("?type=blank", 0)],
)
def test_list_is_searched_and_filtered(client, editor, bank, query, found):
    make_question(bank)
    client.force_login(editor)

    response = client.get(reverse("question:index") + query)

    assert len(response.context["object_list"]) == found


@pytest.mark.parametrize("name", ["question:index", "question_chooser:choose_results"])
def test_lists_take_as_many_queries_for_many(client, editor, bank, name):
    client.force_login(editor)
    make_question(bank)
    count_queries(client, name)
    few = count_queries(client, name)

    for number in range(9):
        make_question(bank, f"第 {number} 题？")

    assert count_queries(client, name) == few


def test_chooser_filters_by_bank_and_leaves_out_retired(client, editor, bank):
    wanted = make_question(bank)
    Question.objects.filter(pk=make_question(bank, "停用的题？").pk).update(is_retired=True)
    make_question(QuestionBank.objects.create(name="另一个"))
    client.force_login(editor)

    response = client.get(reverse("question_chooser:choose_results"), {"bank": bank.pk})

    assert list(response.context["results"]) == [wanted]


def test_quiz_editor_uses_the_chooser(client, editor, academy):
    client.force_login(editor)

    url = reverse("wagtailadmin_pages:add", args=["quizzes", "quizpage", academy.pk])
    page = client.get(url).content.decode()

    assert reverse("question_chooser:choose") in page
