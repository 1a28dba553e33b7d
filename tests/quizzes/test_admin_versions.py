"""A question's versions in the admin: list, comparison, restoring, where it is used."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from quizzes.desk.differences import compare_versions
from quizzes.desk.usage import find_uses
from quizzes.domain.bank import save_question
from quizzes.models import Question, QuestionBank, QuestionVersion, QuizQuestion
from quizzes.question_types.base import Authoring, Part
from quizzes.question_types.registry import get_type
from tests.counting import count_queries
from tests.editors import make_editor
from tests.pages import make_quiz_page
from tests.quizzes.bank import add_draw, fix_questions

pytestmark = pytest.mark.django_db


def save(bank, **changes):
    fields = {
        "bank": bank,
        "type": "single",
        "stem": "国际妇女节是哪一天？",
        "options": ("3月8日", "5月1日"),
        "answers": ("A",),
    }
    return save_question(**{**fields, **changes})


@pytest.fixture
def bank(tree):
    return QuestionBank.objects.create(name="本级", federation=tree.town)


@pytest.fixture
def question(bank):
    """With two versions."""
    first = save(bank)
    return save(bank, question=first, stem="妇女节是哪一天？", explanation="见史料。")


@pytest.fixture
def editor(client, home, academy, tree):
    editor = make_editor(home, tree.town)
    client.force_login(editor)
    return editor


def test_versions_are_listed_newest_first(client, editor, question):
    response = client.get(reverse("question_versions", args=[question.pk]))

    assert [each.number for each in response.context["versions"]] == [2, 1]


def test_comparison_names_what_changed(client, editor, question):
    fields = client.get(reverse("question_compare", args=[question.pk, 2])).context["fields"]

    assert {field.label: field.pieces for field in fields if field.is_changed} == {
        "题干": (("removed", "国际"), ("same", "妇女节是哪一天？")),
        "解析": (("added", "见史料。"),),
    }


def test_comparison_with_a_chosen_version(client, editor, question):
    url = reverse("question_compare", args=[question.pk, 1])

    context = client.get(url, {"with": "2"}).context

    assert (context["old"].number, context["new"].number) == (2, 1)


@pytest.mark.parametrize("number", ["9", "x", "9" * 30])
def test_comparison_with_no_version_is_not_found(client, editor, question, number):
    url = reverse("question_compare", args=[question.pk, 1])

    assert client.get(url, {"with": number}).status_code == 404


def test_comparison_of_parts_and_settings():
    """Without a database: what a reader would compare."""
    old = make_version({"scoring": "exact"}, "可以申请保护令。")
    new = make_version({"scoring": "partial"}, "可以申请人身安全保护令。")

    changed = [field.label for field in compare_versions(old, new) if field.is_changed]

    assert changed == ["第 1 小题", "第 2 小题"]


def make_version(settings, stem):
    parts = (
        Part("multiple", Authoring("哪些对？", ("甲", "乙"), ("A",), settings)),
        Part("judge", Authoring(stem, (), ("对",))),
    )
    question_type = get_type("case")
    authoring = Authoring("材料", parts=parts)
    data = question_type.to_data(question_type.parse(authoring))
    return QuestionVersion(type="case", stem="材料", data=data)


def test_old_version_is_taken_up_again(client, editor, question):
    client.post(reverse("question_restore", args=[question.pk, 1]))

    question.refresh_from_db()
    version = question.current
    assert (version.number, version.stem, version.created_by) == (
        3,
        "国际妇女节是哪一天？",
        editor,
    )
    assert question.versions.get(number=1).stem == version.stem


def test_version_taken_up_in_a_bank_with_reviews_is_reviewed(client, editor, question):
    QuestionBank.objects.update(needs_review=True)

    response = client.post(reverse("question_restore", args=[question.pk, 1]))

    [message] = [str(each) for each in get_messages(response.wsgi_request)]
    assert message == "已照第 1 版的内容送审，三审通过后才用到测验里。"


def test_version_that_another_question_has_by_now_is_not_taken_up(client, editor, question):
    existing = save(question.bank)

    response = client.post(reverse("question_restore", args=[question.pk, 1]))

    [message] = [str(each) for each in get_messages(response.wsgi_request)]
    assert f"已经有同样的题（第 {existing.pk} 号）" in message
    assert Question.objects.get(pk=question.pk).current.number == 2


def test_version_is_not_restored_by_a_link(client, editor, question):
    url = reverse("question_restore", args=[question.pk, 1])

    assert client.get(url).status_code == 405


def test_versions_of_others_are_not_found(client, editor, tree):
    places = (tree.other_town, tree.county, None)
    banks = [QuestionBank.objects.create(name=f"别处{each}", federation=each) for each in places]
    foreign = [save(each) for each in banks]
    names = [("question_versions", []), ("question_compare", [1]), ("question_restore", [1])]

    codes = {
        client.post(reverse(name, args=[each.pk, *args])).status_code
        if name == "question_restore"
        else client.get(reverse(name, args=[each.pk, *args])).status_code
        for each in foreign
        for name, args in names
    }
    previews = {
        client.get(reverse("question_preview", args=[each.current_id])).status_code
        for each in foreign
    }

    assert (codes, previews) == ({404}, {404})


# Where it is used.


def test_uses_name_live_quizzes_drafts_and_draws(question, academy):
    live, drafted, drawing = (make_quiz_page(academy, title=title) for title in "甲乙丙")
    fix_questions(live, [question])
    drafted.fixed_questions = [QuizQuestion(question=question)]
    drafted.save_revision()
    add_draw(drawing, question.bank, 1)
    Question.objects.update(asked_count=7)
    question.refresh_from_db()

    uses = find_uses(question)

    assert [(use.quiz, use.is_only_drafted) for use in uses.quizzes] == [
        (live, False),
        (drafted, True),
    ]
    assert (uses.drawing, uses.asked_count) == ((drawing,), 7)


def test_versions_take_as_many_queries_for_30(client, editor, question):
    url = reverse("question_versions", args=[question.pk])
    few = count_queries(client, url)

    for number in range(28):
        save(question.bank, question=question, explanation=f"第 {number} 次改。")

    assert count_queries(client, url) == few
