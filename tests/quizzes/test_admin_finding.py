"""Finding questions: every filter of the list, and what is filed twice."""

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.domain.bank import save_question
from quizzes.domain.duplicates import find_duplicates
from quizzes.domain.review import reject
from quizzes.models import Question, QuestionBank
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions

pytestmark = pytest.mark.django_db
JUDGE = {"type": "judge", "options": (), "answers": ("对",)}


def save(bank, stem="国际妇女节在三月。", **fields):
    return save_question(**{"bank": bank, "stem": stem, **JUDGE, **fields})


@pytest.fixture
def bank(db):
    return QuestionBank.objects.create(name="妇女权益")


@pytest.fixture
def editor(client, home, academy, tree):
    editor = make_editor(home, tree.province)
    client.force_login(editor)
    return editor


def found(client, **query):
    return set(client.get(reverse("question:index"), query).context["object_list"])


def test_bank(client, editor, bank):
    wanted = save(bank)
    save(QuestionBank.objects.create(name="另一个"))

    assert found(client, bank=bank.pk) == {wanted}


def test_type_of_the_wording_that_waits_counts_too(client, editor, bank):
    reviewed = QuestionBank.objects.create(name="三审", needs_review=True)
    wanted = {save(bank), save(reviewed)}
    save(bank, "哪一天？", type="single", options=("一", "二"), answers=("A",))

    assert found(client, type="judge") == wanted


def test_tag(client, editor, bank):
    wanted = save(bank, tags=["反家暴", "婚姻"])
    save(bank, "妇联是群团组织。", tags=["婚姻"])

    assert found(client, tag=wanted.tags.get(name="反家暴").pk) == {wanted}


def test_tags_of_others_are_not_offered(client, home, academy, tree, bank):
    save(bank, tags=["省里的"])
    own = QuestionBank.objects.create(name="镇里", federation=tree.town)
    save(own, tags=["镇里的"])
    client.force_login(make_editor(home, tree.town))

    form = client.get(reverse("question:index")).context["filters"].form

    assert [tag.name for tag in form.fields["tag"].queryset] == ["镇里的"]


def test_several_difficulties(client, editor, bank):
    wanted = {save(bank, difficulty=1), save(bank, "妇联是群团组织。", difficulty=5)}
    save(bank, "反家暴法 2016 年施行。", difficulty=3)

    assert found(client, difficulty=[1, 5]) == wanted


def test_knowledge_point(client, editor, bank):
    wanted = save(bank, knowledge_point="人身安全保护令")
    save(bank, "妇联是群团组织。")

    assert found(client, knowledge_point="保护令") == {wanted}


def test_usage(client, editor, bank, academy):
    used, unused = save(bank), save(bank, "妇联是群团组织。")
    fix_questions(make_quiz_page(academy), [used])
    Question.objects.filter(pk=used.pk).update(asked_count=3)

    answers = [found(client, usage=usage) for usage in ("fixed", "unused", "unasked")]

    assert answers == [{used}, {unused}, {unused}]


@pytest.mark.parametrize(
    ("band", "facilities"),
    [
        ("too_hard", {0, 29}),
        ("hard", {30, 59}),
        ("fair", {60, 95}),
        ("too_easy", {96, 100}),
    ],
)
def test_facility(client, editor, bank, band, facilities):
    for facility in (None, 0, 29, 30, 59, 60, 95, 96, 100):
        question = save(bank, f"得分率 {facility}。")
        Question.objects.filter(pk=question.pk).update(facility=facility)

    assert {question.facility for question in found(client, facility=band)} == facilities


def test_state(client, editor, bank):
    reviewed = QuestionBank.objects.create(name="三审", needs_review=True)
    in_use, retired = save(bank), save(bank, "妇联是群团组织。")
    Question.objects.filter(pk=retired.pk).update(is_retired=True)
    waiting, sent_back = save(reviewed), save(reviewed, "妇联是群团组织。")
    reject(version=sent_back.proposed, by=make_member(), comment="改", now=timezone.now())

    states = ("in_use", "in_review", "sent_back", "retired")

    assert [found(client, state=each) for each in states] == [
        {in_use},
        {waiting},
        {sent_back},
        {retired},
    ]


def test_search_finds_the_wording_that_waits(client, editor):
    waiting = save(QuestionBank.objects.create(name="三审", needs_review=True))

    assert found(client, q="妇女节") == {waiting}


# Duplicates.


def test_duplicates_are_found_across_banks(bank):
    options = {"type": "single", "answers": ("A",)}
    other = QuestionBank.objects.create(name="另一个")
    exact = [
        save(bank, "哪一天是妇女节？", options=("三月八日", "五月一日"), **options),
        save(other, "哪一天是妇女节", options=("五月一日。", "三月八日"), **options),
    ]
    near = [
        save(bank, "下列说法正确的是（ ）", options=("甲", "乙"), **options),
        save(other, "下列说法正确的是", options=("丙", "丁"), **options),
    ]
    save(bank)

    groups = find_duplicates(Question.objects.all())

    assert [(group.is_exact, list(group.question_ids)) for group in groups] == [
        (True, [each.pk for each in exact]),
        (False, [each.pk for each in near]),
    ]


def shown_groups(client, **query):
    groups = client.get(reverse("question_duplicates"), query).context["groups"]
    return [group["questions"] for group in groups]


def test_list_of_duplicates_is_limited(client, home, academy, tree):
    banks = [
        QuestionBank.objects.create(name=f"题库{number}", federation=place)
        for number, place in enumerate((tree.town, tree.village, tree.other_town, tree.county))
    ]
    questions = [save(bank) for bank in banks]
    client.force_login(make_editor(home, tree.town))

    assert shown_groups(client) == [questions[:2]]


def test_list_of_duplicates_is_filtered_by_bank(client, editor, bank):
    twins = [save(bank), save(QuestionBank.objects.create(name="另一个"))]
    third = QuestionBank.objects.create(name="第三个")

    assert [shown_groups(client, bank=each.pk) for each in (bank, third)] == [[twins], []]


def test_retired_questions_are_no_duplicates(client, editor, bank):
    save(bank)
    Question.objects.update(is_retired=True)
    save(QuestionBank.objects.create(name="另一个"))

    assert shown_groups(client) == []


def test_lists_take_as_many_queries_for_30(client, editor, bank):
    other = QuestionBank.objects.create(name="另一个")
    for each in (bank, other):
        save(each, tags=["反家暴"])
    names = ["question:index", "question_duplicates", "questionbank:index"]
    few = [count_queries(client, name) for name in names]

    for number in range(29):
        for each in (bank, other):
            save(each, f"第 {number} 题。", tags=["反家暴"])

    assert [count_queries(client, name) for name in names] == few
