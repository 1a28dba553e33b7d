"""Statistics of 100,000 attempts × 20: `python benchmarks/quiz_statistics.py [ATTEMPTS]`."""

import sys
import time
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.measuring import asked_count, run_steps  # noqa: E402 after the path is right


def prepare() -> None:
    from benchmarks.quiz_scene import make_scene  # noqa: PLC0415 Django must be set up first

    make_scene(asked_count())


def _ask(kind: str, **params) -> dict:
    """Run a job as the platform does."""
    from benchmarks.people import superuser  # noqa: PLC0415
    from federations.domain.jobs import ask_for_job, run_waiting_jobs  # noqa: PLC0415
    from federations.models import Job  # noqa: PLC0415
    from quizzes.jobs import HANDLERS  # noqa: PLC0415
    from quizzes.models import QuizPage  # noqa: PLC0415

    params = {"quiz": QuizPage.objects.get().pk, **params}
    job = ask_for_job(kind=kind, title=kind, owner=superuser(), params=params)
    run_waiting_jobs(handlers=HANDLERS)
    job = Job.objects.get(pk=job.pk)
    return {"state": job.state, "done": job.done, "message": job.message}


def compute() -> dict:
    return _ask("quiz_statistics", choice="first")


def results_page() -> dict:
    """The best of five visits, the first one warms up."""
    from django.test import Client, override_settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from benchmarks.people import superuser  # noqa: PLC0415
    from quizzes.models import QuizPage  # noqa: PLC0415

    client = Client()
    client.force_login(superuser())
    times = []
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for name in ("quiz_results", "quiz_statistics") * 3:
            url, start = reverse(name, args=[QuizPage.objects.get().pk]), time.perf_counter()
            assert client.get(url).status_code == 200
            times.append((name, round(time.perf_counter() - start, 3)))
    return {"seconds": times[2:]}


def export() -> dict:
    return _ask("quiz_results_export")


def facility() -> dict:
    from quizzes.domain.statistics import refresh_facility  # noqa: PLC0415

    return {"changed": refresh_facility()}


if __name__ == "__main__":
    steps = {
        "prepare": prepare,
        "compute": compute,
        "results page": results_page,
        "export": export,
        "nightly facility": facility,
    }
    run_steps(__file__, steps, "prepare")
