"""Row: answer keys and explanations before the review rules allow them.

Owners: tests/quizzes/test_attempts_review.py, test_views.py, test_views_results.py.
"""

import re

from django.urls import reverse

from tests.security.conftest import KEY

SECRET = re.compile(f'{KEY}|解析\\d+|is_right|correct|"answer"')
PAGES = ["resume", "confirm", "result"]


def told(response) -> list[str]:
    """What is in the body of the page, scripts' names in its head aside."""
    return SECRET.findall(response.content.decode().split("<body", 1)[-1])


def test_no_answer_of_an_open_exam_tells_the_key(client, attempt):
    asked = [reverse(f"quizzes:{name}", args=[attempt.pk]) for name in PAGES]
    asked += [reverse("quizzes:question", args=[attempt.pk, number]) for number in (1, 2, 3)]
    asked += [reverse("quizzes:reviewed", args=[attempt.pk, number]) for number in (1, 2, 3)]
    asked += [
        attempt.quiz.url,
        reverse("quizzes:index"),
        reverse("me"),
        reverse("quizzes:mistakes"),
    ]
    leaks = {url: told(client.get(url, follow=True)) for url in asked}

    assert {url: found for url, found in leaks.items() if found} == {}


def test_no_save_tells_the_key(client, attempt):
    address = reverse("quizzes:answer", args=[attempt.pk])
    leaks = []
    for place, value in enumerate(["a", "b", "三月八日"], start=1):
        body = {"index": place, "response": [value], "seq": 1, "check": True, "go": "check"}
        leaks += told(client.post(address, body, "application/json"))
        leaks += told(client.post(address, body, follow=True))

    assert leaks == []
