"""A question points to the second of a film that explains it."""

import pytest

from courses.models import LessonMedia
from tests.factories import make_committee_member
from tests.pages import make_lesson


@pytest.fixture
def lesson(client, tree, academy):
    client.force_login(make_committee_member(tree.village))
    media = LessonMedia.objects.create(
        title="片", type="video", duration=200, video="lessons/a.mp4", video_size=1
    )
    return make_lesson(academy, media=media)


def opened(client, lesson, query: str) -> dict:
    return client.get(f"{lesson.url}{query}").context["lesson"]


def test_lesson_opens_at_the_second(client, lesson):
    shown = opened(client, lesson, "?t=125")

    assert (shown["position"], shown["resume_text"]) == (125, "从 02:05 看讲解")
    assert shown["media_url"].endswith("#t=125")


@pytest.mark.parametrize("query", ["", "?t=", "?t=x", "?t=-3", "?t=200", "?t=99999999999999999999"])
def test_lesson_opens_as_ever_without_a_second_of_its_own(client, lesson, query):
    shown = opened(client, lesson, query)

    assert (shown["position"], "#" in shown["media_url"]) == (0, False)
