"""Row: a village behind one address at quiz time. Nobody honest is blocked."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt, AttemptState
from tests.factories import PASSWORD, TICK, make_committee_member

VILLAGE = 30
ADDRESS = "203.0.113.7"


@pytest.fixture
def now():
    return round(timezone.now().timestamp() * 1000)


def take_the_quiz(member, quiz, now) -> list[int]:
    """As her phone does: in by the form, the page, each answer, some of them again."""
    client = Client(REMOTE_ADDR=ADDRESS)
    client.get(reverse("account_login"))
    form = TICK | {"login": member.phone, "password": PASSWORD}
    answers = [client.post(reverse("account_login"), form), client.get(quiz.url)]
    answers.append(client.post(reverse("quizzes:start", args=[quiz.pk])))
    pk = Attempt.objects.get(member=member).pk
    save = reverse("quizzes:answer", args=[pk])
    for number in (1, 2, 3, 2, 1):
        body = {"index": number, "response": ["b"], "seq": now + number}
        answers.append(client.post(save, body, "application/json"))
    answers.append(client.get(reverse("search"), {"q": "保护令"}))
    answers.append(client.post(reverse("quizzes:submit", args=[pk])))
    return [answer.status_code for answer in answers]


def test_village_takes_its_quiz(tree, quiz, now):
    members = [make_committee_member(tree.village, f"执委{number}") for number in range(VILLAGE)]
    statuses = {member.pk: take_the_quiz(member, quiz, now) for member in members}

    assert {pk: each for pk, each in statuses.items() if max(each) >= 400} == {}
    assert Attempt.objects.filter(state=AttemptState.SUBMITTED).count() == VILLAGE


def test_flood_of_one_member_costs_nobody_else(tree, quiz, now):
    """She is stopped; her neighbour behind the same address is not."""
    flooder, neighbour = (make_committee_member(tree.village, name) for name in "甲乙")
    client = Client(REMOTE_ADDR=ADDRESS)
    client.force_login(flooder)
    start = reverse("quizzes:start", args=[quiz.pk])
    statuses = {client.post(start).status_code for _ in range(70)}

    assert statuses == {302, 429}
    assert max(take_the_quiz(neighbour, quiz, now)) < 400
