"""Authoring questions, and what a quiz must have before it is published."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from config.groups import EDITORS, set_up_groups
from federations.models import StaffRoleType
from quizzes.domain.bank import save_question
from quizzes.models import Question, QuestionBank, QuizPage, QuizQuestion
from quizzes.question_types.registry import QUESTION_TYPES
from tests.counting import count_queries
from tests.factories import make_staff
from tests.quizzes.authoring import CASES, edit_data, make_question, question_data

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


def test_there_is_a_case_for_every_type():
    assert set(CASES) == set(QUESTION_TYPES)


@pytest.mark.parametrize("case", CASES)
def test_question_of_each_type_is_filed(client, editor, bank, case):
    client.force_login(editor)

    client.post(reverse("question:add"), question_data(bank, **CASES[case]))

    version = Question.objects.get().current
    assert (version.type, version.created_by) == (case, editor)


def shown_data(form):
    """What the browser would post of a form that was opened and not touched."""
    forms = [form, form.part_forms.management_form, *form.part_forms.forms]
    values = {field.html_name: field.value() for each in forms for field in each}
    return {name: value for name, value in values.items() if value not in (None, False)}


@pytest.mark.parametrize("case", CASES)
def test_saving_unchanged_makes_no_version(client, editor, bank, case):
    client.force_login(editor)
    client.post(reverse("question:add"), question_data(bank, **CASES[case]))
    question = Question.objects.get()
    form = client.get(reverse("question:edit", args=[question.pk])).context["form"]

    client.post(reverse("question:edit", args=[question.pk]), shown_data(form))

    assert question.versions.count() == 1


def test_edit_makes_a_version(client, editor, bank):
    question = make_question(bank)
    client.force_login(editor)

    client.post(
        reverse("question:edit", args=[question.pk]),
        edit_data(question, stem="三八节是哪一天？", is_retired="on"),
    )

    question.refresh_from_db()
    assert (question.current.number, question.current.stem) == (2, "三八节是哪一天？")
    assert question.is_retired is True


@pytest.mark.parametrize("change", ["reword", "retire"])
def test_what_was_changed_meanwhile_is_not_overwritten(client, editor, bank, change):
    question = make_question(bank)
    data = edit_data(question, options="3月8日\n5月1日", knowledge_point="节日")
    if change == "retire":
        Question.objects.update(is_retired=True)
    else:
        fields = {"type": "single", "stem": "国际妇女节是哪一天？"}
        options = ("3月8日", "5月1日")
        save_question(bank=bank, question=question, options=options, answers=("B",), **fields)
    client.force_login(editor)

    response = client.post(reverse("question:edit", args=[question.pk]), data)

    form = response.context["form"]
    before = list(Question.objects.values("current__number", "is_retired", "knowledge_point"))
    assert form.non_field_errors()[0].startswith("刚刚有人改过这道题")
    assert form["knowledge_point"].value() == "节日"
    assert before == [
        {
            "current__number": 1 if change == "retire" else 2,
            "is_retired": change == "retire",
            "knowledge_point": "",
        }
    ]


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


# Banks.


def test_new_bank_asks_for_reviews(client, editor):
    client.force_login(editor)

    form = client.get(reverse("questionbank:add")).context["form"]

    assert form["needs_review"].value() is True


def test_question_for_a_bank_with_reviews_is_said_to_wait(client, editor, bank):
    QuestionBank.objects.update(needs_review=True)
    client.force_login(editor)

    response = client.post(reverse("question:add"), question_data(bank))

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert "已保存并送审，三审通过后才用到测验里。" in said[0]


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


def test_chooser_finds_by_the_words_of_the_question(client, editor, bank):
    wanted = make_question(bank, "反家庭暴力法何时施行？")
    make_question(bank, "另一道题？")
    client.force_login(editor)

    response = client.get(reverse("question_chooser:choose_results"), {"q": "何时施行"})

    assert list(response.context["results"]) == [wanted]


def test_quiz_editor_uses_the_chooser(client, editor, academy):
    client.force_login(editor)

    url = reverse("wagtailadmin_pages:add", args=["quizzes", "quizpage", academy.pk])
    page = client.get(url).content.decode()

    assert reverse("question_chooser:choose") in page
