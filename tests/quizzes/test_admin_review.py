"""待审试题 in the admin: who sees what waits, and what becomes of a decision."""

import pytest
from django.urls import reverse

from federations.models import StaffRoleType
from quizzes.domain.review import approve
from quizzes.models import QuestionBank, ReviewDecision
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_member
from tests.quizzes.reviewing import NOW, approve_fully, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db):
    return QuestionBank.objects.create(name="维权普法", needs_review=True)


@pytest.fixture
def author(db):
    return make_member("出题人")


@pytest.fixture
def own_bank(tree):
    return QuestionBank.objects.create(name="本级", federation=tree.town, needs_review=True)


@pytest.fixture
def reviewer(client, home, academy, tree):
    reviewer = make_editor(home, tree.town, StaffRoleType.REVIEWER)
    client.force_login(reviewer)
    return reviewer


def listed(client):
    return list(client.get(reverse("question_reviews")).context["page"])


def test_reviewer_sees_what_waits_in_her_scope(client, reviewer, own_bank, bank, author, tree):
    foreign = QuestionBank.objects.create(
        name="别处", federation=tree.other_town, needs_review=True
    )
    own = save(own_bank, author=author)
    save(bank, author=author)
    save(foreign, author=author)

    assert listed(client) == [own]


def test_list_leaves_out_what_she_wrote_or_decided_on(client, reviewer, own_bank, author):
    save(own_bank, author=reviewer)
    decided = save(own_bank, author=author, stem="妇联是群团组织。")
    approve(version=decided.proposed, by=reviewer, now=NOW)

    assert listed(client) == []


@pytest.mark.parametrize("role", [StaffRoleType.EDITOR, StaffRoleType.EXAMINER])
def test_other_editors_do_not_review(client, home, academy, tree, own_bank, author, role):
    question = save(own_bank, author=author)
    client.force_login(make_editor(home, tree.town, role))

    urls = [reverse("question_reviews"), reverse("question_review", args=[question.pk])]

    assert [client.get(url).status_code for url in urls] == [302, 302]


def test_question_of_others_is_not_found(client, reviewer, bank, author):
    url = reverse("question_review", args=[save(bank, author=author).pk])

    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


def test_ended_role_reviews_nothing(client, reviewer, own_bank, author):
    question = save(own_bank, author=author)
    reviewer.staff_roles.update(ends_on="2025-12-31")

    response = client.post(decision_url(question), seen(question, approve="1"))

    assert (response.status_code, ReviewDecision.objects.count()) == (302, 0)


def decision_url(question):
    return reverse("question_review", args=[question.pk])


def seen(question, **fields):
    """What the form posts that shows the question as it is now."""
    return {"version": question.proposed_id, "stage": question.proposed.stage} | fields


def test_approval_leads_to_the_next_question(client, reviewer, own_bank, author):
    first = save(own_bank, author=author)
    second = save(own_bank, author=author, stem="妇联是群团组织。")

    response = client.post(decision_url(first), seen(first, comment="好", approve="1"))

    assert response.url == decision_url(second)
    assert first.proposed.decisions.get().comment == "好"


def test_rejection_is_seen_by_the_author(client, reviewer, own_bank, author):
    question = save(own_bank, author=author)

    client.post(decision_url(question), seen(question, comment="答案有误", reject="1"))

    page = client.get(reverse("question:edit", args=[question.pk])).content.decode()
    assert "答案有误" in page
    assert "第 1 版被退回了" in page


def test_refused_decision_keeps_the_comment(client, reviewer, own_bank, author):
    question = save(own_bank, author=author)

    response = client.post(
        decision_url(question), seen(question, stage=2, comment="写了很久", approve="1")
    )

    form = response.context["form"]
    assert form["comment"].value() == "写了很久"
    assert form.errors["comment"] == ["这道题刚刚有人审过或改过了，请看看现在的样子再决定。"]


def test_wording_that_she_has_not_seen_is_not_passed(client, reviewer, own_bank, author):
    question = save(own_bank, author=author)
    data = seen(question, comment="写了很久", approve="1")
    save(own_bank, author=author, question=question, stem="国际妇女节在三月八日。")

    response = client.post(decision_url(question), data)

    form = response.context["form"]
    assert form["comment"].value() == "写了很久"
    assert form.errors["comment"] == ["这道题刚刚有人审过或改过了，请看看现在的样子再决定。"]
    assert ReviewDecision.objects.count() == 0
    assert response.context["version"].number == 2


def test_review_shows_the_differences(client, reviewer, own_bank, author):
    question = save(own_bank, author=author)
    approve_fully(question, [make_member(f"审{n}") for n in range(3)])
    save(own_bank, author=author, question=question, stem="国际妇女节在三月八日。")

    fields = client.get(decision_url(question)).context["fields"]

    assert {field.label: field.pieces for field in fields if field.is_changed} == {
        "题干": (("same", "国际妇女节在三月"), ("added", "八日"), ("same", "。"))
    }


def test_lists_take_as_many_queries_for_30(client, reviewer, own_bank, author):
    first = save(own_bank, author=author)
    few = [count_queries(client, "question_reviews"), count_queries(client, decision_url(first))]

    for number in range(29):
        save(own_bank, author=author, stem=f"第 {number} 题。")

    many = [count_queries(client, "question_reviews"), count_queries(client, decision_url(first))]
    assert many == few
