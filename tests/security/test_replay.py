"""Row: any recorded POST replayed ×10 and reordered. The state stays what it was.

Owners: tests/quizzes/test_attempt_machine.py, tests/quizzes/test_attempt_races.py,
tests/courses/test_watching.py.
"""

import json
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import FavouritePage, LedgerEntry, Progress, ScoreStep
from members.models import Member
from quizzes.models import Attempt, Favourite, QuestionNote
from tests.pages import make_lesson

TIMES = 10


@pytest.fixture
def lesson(academy):
    """Longer than the test: what was read in its time would count, and rightly."""
    return make_lesson(academy, body=f"<p>{'坐下来，慢慢说。' * 500}</p>")


@pytest.fixture
def quiz(quiz):
    """A second start is a second attempt where there may be one."""
    quiz.attempts_allowed = 1
    quiz.save()
    return quiz


def session(attempt, lesson) -> list[tuple[str, dict, str]]:
    """What one evening posts: address, body, content type."""
    now = round(timezone.now().timestamp() * 1000) - 1000
    save = reverse("quizzes:answer", args=[attempt.pk])
    answers = [
        (save, {"index": number, "response": [value], "seq": now + step}, "application/json")
        for step, (number, value) in enumerate([(1, "a"), (2, "b"), (1, "b"), (3, "三月八日")])
    ]
    forms = [
        (reverse("learning:mark_favourite", args=[lesson.pk]), {"on": "1"}),
        (reverse("members:text_size"), {"size": "xl"}),
        (reverse("members:reminders"), {"wanted": "0"}),
        (reverse("courses:read", args=[lesson.pk]), {}),
        (reverse("quizzes:start", args=[attempt.quiz_id]), {}),
        (reverse("quizzes:submit", args=[attempt.pk]), {}),
    ]
    return [*answers, *((url, body, "form") for url, body in forms)]


def post(client, url: str, body: dict, kind: str) -> int:
    if kind == "form":
        return client.post(url, body).status_code
    return client.post(url, json.dumps(body), kind).status_code


def state() -> dict:
    """Everything that a member has; when a row was touched last is no state of hers."""
    models = [Attempt, Progress, ScoreStep, LedgerEntry, FavouritePage, Favourite, QuestionNote]
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    member = Member.objects.values("text_size").get()
    return json.loads(json.dumps(rows | {"member": member}, default=str))


@pytest.mark.parametrize("order", ["as it was", "backwards", "shuffled"])
def test_recorded_evening_posted_ten_times_changes_nothing(client, attempt, lesson, order):
    recorded = session(attempt, lesson)
    first = [post(client, *each) for each in recorded]
    before = state()
    again = list(recorded)
    for number in range(TIMES):
        if order == "backwards":
            again = recorded[::-1]
        elif order == "shuffled":
            Random(number).shuffle(again)
        statuses = [post(client, *each) for each in again]
        assert max(statuses) < 500

    assert max(first) < 400
    assert state() == before
