"""Banks and questions in the admin: those of the editor's federation, while her role lasts."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from quizzes.domain.bank import save_question
from quizzes.models import Question, QuestionBank, QuizDraw, QuizQuestion
from tests.editors import make_editor
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.quiz_forms import quiz_form, rows

pytestmark = pytest.mark.django_db


def make_question(federation, name="题库"):
    bank = QuestionBank.objects.create(name=f"{name}{federation}", federation=federation)
    return save_question(
        bank=bank, type="judge", stem="国际妇女节在三月。", options=(), answers=("对",)
    )


@pytest.fixture
def own(tree):
    return make_question(tree.village)


@pytest.fixture
def foreign(tree):
    """What others own: a sibling, the level above, the whole platform."""
    return [make_question(each) for each in (tree.other_town, tree.county, None)]


@pytest.fixture
def editor(client, home, academy, tree):
    editor = make_editor(home, tree.town)
    client.force_login(editor)
    return editor


@pytest.mark.parametrize("name", ["question:index", "question:index_results"])
def test_question_list_is_limited(client, editor, own, foreign, name):
    assert list(client.get(reverse(name)).context["object_list"]) == [own]


def test_bank_list_is_limited(client, editor, own, foreign):
    response = client.get(reverse("questionbank:index"))

    assert list(response.context["object_list"]) == [own.bank]


def test_bank_filter_is_limited(client, editor, own, foreign):
    response = client.get(reverse("question:index"))

    assert list(response.context["filters"].form.fields["bank"].queryset) == [own.bank]


VIEWS = ["edit", "inspect", "history", "usage", "delete"]


@pytest.mark.parametrize("view", VIEWS)
def test_question_of_others_is_not_found(client, editor, foreign, view):
    urls = [reverse(f"question:{view}", args=[each.pk]) for each in foreign]

    assert [client.get(url).status_code for url in urls] == [404, 404, 404]


@pytest.mark.parametrize("view", ["edit", "history", "usage", "delete"])
def test_bank_of_others_is_not_found(client, editor, foreign, view):
    urls = [reverse(f"questionbank:{view}", args=[each.bank_id]) for each in foreign]

    assert [client.get(url).status_code for url in urls] == [404, 404, 404]


@pytest.mark.parametrize("view", VIEWS[:-1])
def test_own_question_opens(client, editor, own, view):
    assert client.get(reverse(f"question:{view}", args=[own.pk])).status_code == 200


def test_chooser_is_limited(client, editor, own, foreign):
    results = client.get(reverse("question_chooser:choose_results")).context["results"]

    assert list(results) == [own]


def test_chooser_filters_by_own_banks_only(client, editor, own, foreign):
    form = client.get(reverse("question_chooser:choose")).context["filter_form"]

    assert list(form.fields["bank"].queryset) == [own.bank]


def test_chooser_refuses_a_question_of_others(client, editor, foreign):
    url = reverse("question_chooser:chosen", args=[foreign[0].pk])

    assert client.get(url).status_code == 404


def test_question_is_not_filed_in_a_bank_of_others(client, editor, own, foreign):
    data = {"bank": foreign[0].bank_id, "type": "judge", "stem": "新题。", "answer": "对"}

    response = client.post(reverse("question:add"), data | {"difficulty": 3})

    assert list(response.context["form"].errors) == ["bank"]


def test_bank_needs_a_federation_in_scope(client, editor, tree):
    responses = [
        client.post(reverse("questionbank:add"), {"name": "新题库", "federation": federation})
        for federation in ("", tree.county.pk)
    ]

    assert [response.context["form"].errors for response in responses] == [
        {"federation": ["请选择题库所属的妇联；全平台共用的题库由省妇联的编辑建立。"]},
        {"federation": ["请选择您编辑范围内的妇联。"]},
    ]


def test_bank_is_made_for_own_federation(client, editor, tree):
    data = {"name": "新题库", "federation": tree.village.pk}

    client.post(reverse("questionbank:add"), data)

    assert QuestionBank.objects.get().federation == tree.village


def test_province_makes_banks_for_all(client, home, academy, tree):
    client.force_login(make_editor(home, tree.province))

    client.post(reverse("questionbank:add"), {"name": "共用", "federation": ""})

    assert QuestionBank.objects.get().federation is None


def test_province_sees_all(client, home, academy, tree, own, foreign):
    client.force_login(make_editor(home, tree.province))

    listed = client.get(reverse("question:index")).context["object_list"]

    assert set(listed) == {own, *foreign}


@pytest.mark.parametrize("name", ["question:index", "questionbank:index", "question:add"])
def test_ended_role_closes_the_banks(client, editor, own, name):
    editor.staff_roles.update(ends_on="2025-12-31")

    assert client.get(reverse(name)).status_code == 302


def test_ended_role_empties_the_chooser(client, editor, own):
    editor.staff_roles.update(ends_on="2025-12-31")

    results = client.get(reverse("question_chooser:choose_results")).context["results"]

    assert list(results) == []


def test_quiz_offers_own_banks_only(editor, own, foreign):
    formset = quiz_form(editor).formsets["draws"]

    assert list(formset.empty_form.fields["bank"].queryset) == [own.bank]


def test_quiz_draws_from_own_bank(editor, own):
    assert quiz_form(editor, **rows("draws", {"bank": own.bank_id})).is_valid()


def test_quiz_does_not_draw_from_a_bank_of_others(editor, foreign):
    form = quiz_form(editor, **rows("draws", {"bank": foreign[0].bank_id}))

    assert [list(errors) for errors in form.formsets["draws"].errors] == [["bank"]]


def test_quiz_does_not_hold_a_question_of_others(editor, foreign):
    form = quiz_form(editor, **rows("fixed_questions", {"question": foreign[0].pk}))

    assert [list(errors) for errors in form.formsets["fixed_questions"].errors] == [["question"]]


def test_quiz_keeps_the_bank_that_it_has(editor, academy, foreign):
    quiz = make_quiz_page(academy, draws=[QuizDraw(bank=foreign[1].bank, count=1)])
    draw = quiz.draws.get()

    held = rows("draws", {"bank": draw.bank_id, "id": draw.pk}, held=1)

    form = quiz_form(editor, quiz, **held)

    assert form.is_valid()


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def draft(quiz, **relations):
    for name, value in relations.items():
        setattr(quiz, name, value)
    quiz.save_revision()


BANK_IN_USE = "题库里还有试题，或有测验（草稿也算）从它抽题，不能删除。"


def delete_bank(client, bank):
    return said(client.post(reverse("questionbank:delete", args=[bank.pk])))


def test_bank_with_questions_is_not_deleted(client, editor, own):
    assert delete_bank(client, own.bank) == [BANK_IN_USE]


def test_bank_of_a_quiz_is_not_deleted(client, editor, academy, tree):
    bank = QuestionBank.objects.create(name="空", federation=tree.town)
    make_quiz_page(academy, draws=[QuizDraw(bank=bank)])

    assert delete_bank(client, bank) == [BANK_IN_USE]


def test_bank_of_a_draft_is_not_deleted(client, editor, academy, tree):
    bank = QuestionBank.objects.create(name="空", federation=tree.town)
    draft(make_quiz_page(academy), draws=[QuizDraw(bank=bank)])

    assert delete_bank(client, bank) == [BANK_IN_USE]


def test_empty_bank_is_deleted(client, editor, academy, tree):
    bank = QuestionBank.objects.create(name="空", federation=tree.town)
    draft(make_quiz_page(academy))

    delete_bank(client, bank)

    assert QuestionBank.objects.count() == 0


def test_question_of_a_draft_is_not_deleted(client, editor, academy, own):
    draft(make_quiz_page(academy), fixed_questions=[QuizQuestion(question=own)])

    client.post(reverse("question:delete", args=[own.pk]))

    assert Question.objects.count() == 1


def test_committee_member_meets_no_bank(client, tree, own):
    client.force_login(make_committee_member(tree.village))

    assert client.get(reverse("question:index")).status_code == 302
