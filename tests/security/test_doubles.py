"""Row: many threads, devices and tabs that hand in one attempt: one result, one award.

Owner, with 32 threads × 100 times on PostgreSQL: tests/quizzes/test_attempt_races.py.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.models import AcademyPage, HomePage
from learning.models import Progress, ScoreStep
from quizzes.domain.attempts import start_attempt
from quizzes.models import AttemptEvent
from tests.factories import make_committee_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question

DEVICES, TIMES = 4, 5

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def attempt(tree):
    home = HomePage.objects.first() or Page.get_first_root_node()
    academy = home.add_child(instance=AcademyPage(title="执委学堂", slug="academy"))
    quiz = make_quiz_page(academy)
    fix_questions(quiz, [make_question(make_bank())])
    member = make_committee_member(tree.village)
    return start_attempt(member=member, quiz=quiz, now=timezone.now())


def test_two_devices_with_two_tabs_hand_in_one_result(attempt):
    clients = [Client() for _ in range(DEVICES)]
    for client in clients:
        client.force_login(attempt.member)
    address = reverse("quizzes:submit", args=[attempt.pk])

    def hand_in(client):
        try:
            return {client.post(address).url for _ in range(TIMES)}
        finally:
            connection.close()

    with ThreadPoolExecutor(DEVICES) as pool:
        results = set().union(*pool.map(hand_in, clients))

    counts = [model.objects.count() for model in (Progress, ScoreStep, AttemptEvent)]
    assert (len(results), counts) == (1, [1, 1, 1])
