"""Which quizzes do not tell how people did, and when they will."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.queries import quizzes_hiding_scores
from tests.pages import make_quiz_page

NOW = timezone.now()
CLOSED, OPEN = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("closes_at", "later", "after_close", "hides", "tells_at"),
    [
        (None, ["marks"], ["marks"], False, None),
        (OPEN, [], ["marks"], True, OPEN),
        (OPEN, [], [], True, None),
        (None, [], ["marks"], True, None),
        (CLOSED, [], ["marks"], False, None),
        (CLOSED, ["marks"], [], True, None),
    ],
)
def test_hidden_until_the_quiz_tells(academy, closes_at, later, after_close, hides, tells_at):
    quiz = make_quiz_page(
        academy, closes_at=closes_at, review_later=later, review_after_close=after_close
    )
    expected = {quiz.pk: tells_at} if hides else {}

    assert quizzes_hiding_scores(NOW) == expected
