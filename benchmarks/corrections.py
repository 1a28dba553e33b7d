"""A correction over 100,000 attempts: `python benchmarks/corrections.py [ATTEMPTS]`."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.measuring import asked_count, run_steps  # noqa: E402 after the path is right


def prepare() -> None:
    from benchmarks.quiz_scene import make_scene  # noqa: PLC0415 Django must be set up first

    make_scene(asked_count())


def _draft():
    from members.models import Member  # noqa: PLC0415
    from quizzes.domain.corrections import draft_correction  # noqa: PLC0415
    from quizzes.models import Correction, Question  # noqa: PLC0415

    if correction := Correction.objects.first():
        return correction
    version = Question.objects.order_by("pk").first().current
    return draft_correction(
        version=version,
        data={**version.data, "right": ["c"]},
        reason="基准",
        keeps_higher=False,
        by=Member.objects.first(),
    )


def ignore(done: int, total: int) -> None:
    """Nobody watches."""


def preview() -> dict:
    from quizzes.domain import corrections  # noqa: PLC0415

    return corrections.preview(correction=_draft(), report=ignore)


def apply() -> dict:
    from django.utils import timezone  # noqa: PLC0415

    from quizzes.domain import corrections  # noqa: PLC0415

    return corrections.apply(correction=_draft(), report=ignore, now=timezone.now()).summary


if __name__ == "__main__":
    run_steps(__file__, {"prepare": prepare, "preview": preview, "apply": apply}, "prepare")
