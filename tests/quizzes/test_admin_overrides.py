"""Other rules for one member or federation: within the editor's scope, and on record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from quizzes.domain.attempts import start_attempt
from quizzes.models import QuizOverride
from tests.counting import count_queries
from tests.editors import make_editor
from tests.factories import make_committee_member, make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, home, academy, tree):
    editor = make_editor(home, tree.town)
    client.force_login(editor)
    return editor


@pytest.fixture
def quiz(academy, tree):
    return make_quiz_page(academy, federation=tree.town)


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


def form(quiz, **fields) -> dict:
    empty = dict.fromkeys(
        ["member", "federation", "opens_at", "closes_at", "extra_minutes", "attempts_allowed"], ""
    )
    return empty | {"quiz": quiz.pk, "reason": "视力不便", "extra_minutes": 30} | fields


def add(client, quiz, **fields):
    return client.post(reverse("quizoverride:add"), form(quiz, **fields))


def errors(response) -> dict:
    return response.context["form"].errors


def make_override(quiz, **fields) -> QuizOverride:
    return QuizOverride.objects.create(quiz=quiz, extra_minutes=10, reason="停电", **fields)


def test_member_gets_more_time(client, editor, quiz, member):
    add(client, quiz, member=member.pk)

    override = QuizOverride.objects.get()
    assert (override.member, override.extra_minutes, override.created_by) == (member, 30, editor)


def test_federation_gets_more_time(client, tree, editor, quiz):
    add(client, quiz, federation=tree.village.pk)

    assert QuizOverride.objects.get().federation == tree.village


def test_adding_is_on_record(client, editor, quiz, member):
    add(client, quiz, member=member.pk)

    entry = ModelLogEntry.objects.get(content_type__model="quizoverride")
    assert (entry.user, entry.action) == (editor, "wagtail.create")


@pytest.mark.parametrize("both", [True, False])
def test_it_is_for_one_of_both(client, tree, editor, quiz, member, both):
    chosen = {"member": member.pk, "federation": tree.village.pk} if both else {}

    assert errors(add(client, quiz, **chosen)) == {
        "__all__": ["请选一位执委，或者一个妇联，只选其中一样。"]
    }


def test_second_one_for_a_member_is_refused(client, editor, quiz, member):
    make_override(quiz, member=member)

    assert errors(add(client, quiz, member=member.pk)) == {
        "__all__": ["这位执委在这个测验里已经有个别规则，请修改那一条。"]
    }


def test_something_must_differ(client, editor, quiz, member):
    assert errors(add(client, quiz, member=member.pk, extra_minutes="")) == {
        "__all__": ["还没有填和测验不同的规则：请至少填一样时间、加时或次数。"]
    }


def test_closing_comes_after_opening(client, editor, quiz, member):
    dates = {"opens_at": "2026-05-02 08:00", "closes_at": "2026-05-01 08:00"}

    assert errors(add(client, quiz, member=member.pk, **dates)) == {
        "closes_at": ["截止时间要晚于开放时间。"]
    }


def test_others_are_out_of_reach(client, academy, tree, editor, quiz):
    stranger = make_committee_member(tree.other_village)
    foreign = make_quiz_page(academy, federation=tree.county)

    refused = [
        list(errors(add(client, quiz, member=stranger.pk))),
        list(errors(add(client, quiz, federation=tree.county.pk))),
        list(errors(add(client, foreign, federation=tree.village.pk))),
    ]

    assert [each[0] for each in refused] == ["member", "federation", "quiz"]


@pytest.fixture
def foreign(academy, tree, quiz):
    """Of a superior's quiz, and for a member elsewhere."""
    superior = make_quiz_page(academy, federation=tree.county)
    return [
        make_override(superior, federation=tree.village),
        make_override(quiz, member=make_committee_member(tree.other_village)),
    ]


def test_list_is_limited(client, tree, editor, quiz, foreign):
    own = make_override(quiz, federation=tree.village)

    assert list(client.get(reverse("quizoverride:index")).context["object_list"]) == [own]


@pytest.mark.parametrize("view", ["edit", "delete", "history"])
def test_row_of_others_is_not_found(client, editor, foreign, view):
    urls = [reverse(f"quizoverride:{view}", args=[each.pk]) for each in foreign]

    assert [client.get(url).status_code for url in urls] == [404, 404]


def test_row_opens_for_a_teammate_and_a_superuser(client, home, tree, editor, quiz):
    url = reverse("quizoverride:edit", args=[make_override(quiz, federation=tree.village).pk])
    client.force_login(make_editor(home, tree.town))
    teammate = client.get(url).status_code
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    assert (teammate, client.get(url).status_code) == (200, 200)


def test_row_is_deleted_on_record(client, tree, editor, quiz):
    override = make_override(quiz, federation=tree.village)
    client.post(reverse("quizoverride:delete", args=[override.pk]))

    entry = ModelLogEntry.objects.get(content_type__model="quizoverride")
    assert (QuizOverride.objects.count(), entry.action) == (0, "wagtail.delete")


def test_list_takes_the_same_queries_for_thirty(client, tree, editor, quiz):
    make_override(quiz, federation=tree.village)
    few = count_queries(client, "quizoverride:index")
    for number in range(29):
        make_override(quiz, member=make_committee_member(tree.village, f"执委{number}"))

    assert count_queries(client, "quizoverride:index") == few


@pytest.mark.parametrize("way", ["add", "edit"])
def test_open_attempt_gets_the_time_at_once(client, editor, quiz, member, way):
    quiz.time_limit = 10
    quiz.save()
    fix_questions(quiz, [make_question(make_bank())])
    attempt = start_attempt(member=member, quiz=quiz, now=timezone.now())
    args = [make_override(quiz, member=member).pk] if way == "edit" else []
    client.post(reverse(f"quizoverride:{way}", args=args), form(quiz, member=member.pk))

    attempt.refresh_from_db()
    assert attempt.deadline - attempt.started_at == timedelta(minutes=40)


def test_list_leads_to_each_rule(client, editor, quiz, member):
    override = make_override(quiz, member=member)
    page = client.get(reverse("quizoverride:index")).content.decode()

    assert reverse("quizoverride:edit", args=[override.pk]) in page
