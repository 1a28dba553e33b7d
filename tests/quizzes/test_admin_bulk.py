"""Bulk actions on the questions of the list: each row in scope, or nothing at all."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from federations.models import StaffRoleType
from quizzes.domain.bank import save_question
from quizzes.models import Question, QuestionBank
from tests.editors import make_editor
from tests.factories import make_member

pytestmark = pytest.mark.django_db
ACTIONS = ["add_tags", "move", "retire", "bring_back", "approve"]


def make_bank(name, federation, **fields):
    return QuestionBank.objects.create(name=name, federation=federation, **fields)


def make_question(bank, stem="国际妇女节在三月。", **fields):
    return save_question(bank=bank, type="judge", stem=stem, options=(), answers=("对",), **fields)


@pytest.fixture
def bank(tree):
    return make_bank("本级", tree.town)


@pytest.fixture
def editor(client, home, academy, tree):
    editor = make_editor(home, tree.town, StaffRoleType.REVIEWER)
    client.force_login(editor)
    return editor


def act(client, action, ids, query="", **data):
    url = reverse("wagtail_bulk_action", args=["quizzes", "question", action])
    chosen = "&".join(f"id={each}" for each in ids)
    return client.post(f"{url}?{chosen}&next=/admin/{query}", data)


def said(response) -> list[str]:
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("typed", ["反家暴,婚姻", "反家暴，婚姻", "反家暴、婚姻"])
def test_tags_are_added(client, editor, bank, typed):
    questions = [make_question(bank, tags=["旧"]), make_question(bank, "妇联是群团组织。")]

    response = act(client, "add_tags", [each.pk for each in questions], tags=typed)

    names = [sorted(tag.name for tag in each.tags.all()) for each in questions]
    assert names == [["反家暴", "婚姻", "旧"], ["反家暴", "婚姻"]]
    assert said(response) == ["已给 2 道题加上标签。"]


def test_questions_move_but_for_those_that_are_there(client, editor, bank, tree):
    other = make_bank("另一个", tree.village)
    existing = make_question(other)
    staying, moving = make_question(bank), make_question(bank, "妇联是群团组织。")

    response = act(client, "move", [staying.pk, moving.pk], bank=other.pk)

    assert set(other.questions.all()) == {existing, moving}
    assert said(response) == [
        "国际妇女节在三月。："
        f"题库“另一个”里已经有同样的题（第 {existing.pk} 号）：国际妇女节在三月。",
        "已移动 1 道题。",
    ]


def test_questions_move_into_own_banks_only(client, editor, bank, tree):
    question, foreign = make_question(bank), make_bank("别处", tree.other_town)

    response = act(client, "move", [question.pk], bank=foreign.pk)

    question.refresh_from_db()
    assert (question.bank, list(response.context["form"].errors)) == (bank, ["bank"])


def test_questions_are_retired_and_come_back(client, editor, bank):
    question = make_question(bank)

    act(client, "retire", [question.pk])
    question.refresh_from_db()
    was_retired = question.is_retired
    act(client, "bring_back", [question.pk])
    question.refresh_from_db()

    assert (was_retired, question.is_retired) == (True, False)


def test_retired_question_is_not_retired_again(client, editor, bank):
    question = make_question(bank)
    Question.objects.update(is_retired=True)

    assert said(act(client, "retire", [question.pk])) == []


def shown_seen(client, ids) -> str:
    """What the page of the action says that the reviewer saw."""
    url = reverse("wagtail_bulk_action", args=["quizzes", "question", "approve"])
    page = client.get(url, {"id": ids, "next": "/admin/"})
    return page.context["form"]["seen"].value()


def approve_as_shown(client, ids):
    return act(client, "approve", ids, seen=shown_seen(client, ids))


def test_wording_that_the_page_did_not_name_is_not_passed(client, editor, tree):
    bank = make_bank("三审", tree.town, needs_review=True)
    question = make_question(bank, author=make_member("出题人"))
    seen = shown_seen(client, [question.pk])
    make_question(bank, "国际妇女节在三月八日。", question=question)

    response = act(client, "approve", [question.pk], seen=seen)

    question.refresh_from_db()
    assert question.proposed.stage == 1
    assert said(response) == [
        "国际妇女节在三月八日。：这道题刚刚有人审过或改过了，请看看现在的样子再决定。"
    ]


def test_questions_in_review_are_passed_on(client, editor, tree):
    bank = make_bank("三审", tree.town, needs_review=True)
    waiting = make_question(bank, author=make_member("出题人"))
    own = make_question(bank, "妇联是群团组织。", author=editor)
    in_use = make_question(make_bank("普通", tree.town), "反家暴法 2016 年施行。")

    response = approve_as_shown(client, [waiting.pk, own.pk, in_use.pk])

    waiting.proposed.refresh_from_db()
    assert waiting.proposed.stage == 2
    assert said(response) == [
        "妇联是群团组织。：这一版是您写的，要请别人来审。",
        "反家暴法 2016 年施行。：这道题没有在等您审。",
        "已通过 1 道题的这一审。",
    ]


def test_editor_who_is_no_reviewer_approves_nothing(client, home, academy, tree):
    bank = make_bank("三审", tree.town, needs_review=True)
    question = make_question(bank, author=make_member("出题人"))
    client.force_login(make_editor(home, tree.town, StaffRoleType.EDITOR))

    approve_as_shown(client, [question.pk])

    question.proposed.refresh_from_db()
    assert question.proposed.stage == 1


@pytest.mark.parametrize("action", ACTIONS)
def test_question_of_others_is_not_found(client, editor, bank, tree, action):
    own = make_question(bank)
    foreign = [
        make_question(make_bank(f"别处{place}", place))
        for place in (tree.other_town, tree.county, None)
    ]

    codes = [
        act(client, action, [own.pk, each.pk], tags="新", bank=bank.pk).status_code
        for each in foreign
    ]

    own.refresh_from_db()
    assert codes == [404, 404, 404]
    assert (own.is_retired, own.tags.count()) == (False, 0)


@pytest.mark.parametrize("ids", [["x"], ["9" * 30], ["999999"]])
def test_what_is_no_question_is_not_found(client, editor, ids):
    assert act(client, "retire", ids).status_code == 404


def test_all_of_the_list_is_what_its_filters_show(client, editor, bank, tree):
    shown = make_question(bank, tags=["反家暴"])
    others = [
        make_question(bank, "妇联是群团组织。"),
        make_question(make_bank("别处", tree.other_town), tags=["反家暴"]),
    ]
    tag = shown.tags.get()

    act(client, "retire", ["all"], query=f"&tag={tag.pk}&q=妇女节")

    retired = Question.objects.filter(is_retired=True)
    assert (list(retired), len(others)) == ([shown], 2)


@pytest.mark.parametrize("action", ACTIONS)
def test_page_before_the_action_lists_the_questions(client, editor, bank, action):
    question = make_question(bank)
    url = reverse("wagtail_bulk_action", args=["quizzes", "question", action])

    response = client.get(f"{url}?id={question.pk}&next=/admin/")

    assert [each["item"] for each in response.context["items"]] == [question]


def test_ended_role_acts_on_nothing(client, editor, bank):
    question = make_question(bank)
    editor.staff_roles.update(ends_on="2025-12-31")

    act(client, "retire", [question.pk])

    assert Question.objects.get().is_retired is False


def test_buttons_are_read_out_by_their_names(client, editor, bank):
    make_question(bank)

    page = client.get(reverse("question:index")).content.decode()

    assert 'aria-label="加标签"' in page
    assert "property object" not in page


def test_tags_that_are_left_out_are_asked_for(client, editor, bank):
    response = act(client, "add_tags", [make_question(bank).pk], tags="")

    assert response.context["form"].errors == {"tags": ["请填要加的标签。"]}
    # The browser cannot point at the field, which the widget hides.
    assert not response.context["form"].use_required_attribute
