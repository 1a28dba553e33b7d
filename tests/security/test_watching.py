"""Row: bulk claims, 16× speed, parallel lessons, negative intervals and those beyond the end.

Owners: tests/courses/test_watching.py, test_intervals.py, test_watching_races.py. Here over HTTP.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.domain import watching
from courses.domain.timeline import timeline_of
from courses.models import LessonMedia
from tests.pages import make_lesson

AWAY = 20  # seconds since she opened the lessons
FASTEST = 2
CLAIMS = [
    [[0, 3000]],
    [[0, 3000], [0, 3000]],
    [[-3000, 3000]],
    [[0, 10**12]],
    [[3000, 0]],
    [[0, 16 * AWAY * 10]],
    [[0, 1e308], [5, None]],
    [["0", "3000"]],
]


@pytest.fixture
def lessons(member, academy):
    opened = timezone.now() - timedelta(seconds=AWAY)
    found = []
    for name in ("a", "b"):
        film = LessonMedia.objects.create(
            title=name, type="video", duration=300, file="lessons/x.mp4"
        )
        found.append(make_lesson(academy, media=film))
        watching.open_lesson(member=member, lesson=timeline_of(found[-1]), now=opened)
    return found


@pytest.mark.parametrize("claim", CLAIMS, ids=range(len(CLAIMS)))
def test_no_claim_earns_more_than_twice_the_clock(client, lessons, claim):
    """Both lessons in turn, three times each: one budget for all."""
    credited = {}
    for lesson in lessons * 3:
        url = reverse("courses:watch", args=[lesson.pk])
        reply = client.post(url, {"intervals": claim, "position": 0}, "application/json").json()
        credited[lesson.pk] = sum(end - start for start, end in reply["segments"])
    elapsed = AWAY + 10  # the test's own time included

    assert sum(credited.values()) <= FASTEST * elapsed
