"""The marking desk with 5,000 waiting attempts: `python benchmarks/marking.py [ATTEMPTS]`.

Each has 20 questions, of which two wait for a person.
"""

import sys
import time
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.measuring import asked_count, run_steps  # noqa: E402 after the path is right

ANSWER = "先确认她的人身安全，再听她说，告诉她可以报警，也可以找妇联。"


def prepare() -> None:
    from benchmarks.quiz_scene import make_scene  # noqa: PLC0415 Django must be set up first

    make_scene(asked_count())
    _let_two_wait()


def _let_two_wait() -> None:
    """The first two questions become short answers, which nobody has marked yet."""
    from quizzes.models import Attempt, QuestionVersion  # noqa: PLC0415

    short = list(QuestionVersion.objects.order_by("pk").values_list("pk", flat=True)[:2])
    data = {"model": "先确认安全。", "rubric": [], "max_length": 500}
    QuestionVersion.objects.filter(pk__in=short).update(type="short", data=data)
    attempts = list(Attempt.objects.all())
    for attempt in attempts:
        attempt.marks[:2] = [["0", "pending"]] * 2
        for name in ("q0", "q1"):
            attempt.answers[name] = {"s": 1, "r": [ANSWER]}
    columns = {"needs_marking": True, "score_bp": None, "has_passed": None}
    Attempt.objects.bulk_update(attempts, ["marks", "answers"], batch_size=500)
    Attempt.objects.update(**columns)


def desk() -> dict:
    """Seconds of CPU and of the clock: the overview, an answer (the best of nine), a mark."""
    from django.test import Client, override_settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from benchmarks.people import superuser  # noqa: PLC0415
    from quizzes.models import QuizPage  # noqa: PLC0415

    client, pk = Client(), QuizPage.objects.get().pk
    client.force_login(superuser())
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        overview = [_timed(client.get, reverse("marking_quiz", args=[pk])) for _each in range(2)]
        url = client.get(reverse("marking_next", args=[pk])).url
        answers = [_timed(client.get, url) for _each in range(10)][1:]
        marks = []
        for _each in range(9):
            took, response = _timed(client.post, url, {"percent": 80})
            marks.append((took, response))
            url = response.url
    return {
        "overview": min(took for took, _response in overview),
        "answer": min(took for took, _response in answers),
        "mark": min(took for took, _response in marks),
    }


def _timed(call, *arguments) -> tuple:
    """((CPU seconds of this process, seconds), response)."""
    cpu, start = time.process_time(), time.perf_counter()
    response = call(*arguments)
    assert response.status_code in (200, 302)
    took = time.process_time() - cpu, time.perf_counter() - start
    return tuple(round(each, 3) for each in took), response


if __name__ == "__main__":
    run_steps(__file__, {"prepare": prepare, "desk": desk}, "prepare", count="5000")
