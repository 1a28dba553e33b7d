"""Every kind of job that a page asks for has somebody who does it."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from config.schedule import CLOCK, JOBS
from quizzes.jobs import HANDLERS

ASKING = {"ask_for_job", "run_at_once", "ask", "_ask"}


def kinds_asked_for() -> set[str]:
    """The kinds as the admin's views write them: `kind="…"`, `"kind": "…"`, or third of `ask`."""
    kinds = set()
    quizzes = Path(settings.BASE_DIR, "quizzes")
    for path in [*quizzes.glob("admin_views/*.py"), *quizzes.glob("domain/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            kinds |= set(_kinds_of(node))
    return kinds


def _kinds_of(node: ast.AST) -> list[str]:
    values = []
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        values = [value for key, value in pairs if getattr(key, "value", "") == "kind"]
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ASKING:
        values = [each.value for each in node.keywords if each.arg == "kind"] + node.args[2:3]
    return [each.value for each in values if isinstance(each, ast.Constant)]


def test_every_kind_that_is_asked_for_has_a_handler():
    assert kinds_asked_for() - {"key"} == set(HANDLERS)


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("refresh-facility", "quizzes.tasks.refresh_facility"),
        ("make-cards", "quizzes.tasks.make_cards"),
        ("close-and-freeze", "config.tasks.close_and_freeze"),
    ],
)
def test_the_clock_does_what_quizzes_need(name, task):
    assert CLOCK[name]["task"] == task


def test_waiting_jobs_are_run():
    assert JOBS["run-jobs"]["task"] == "config.tasks.run_jobs"
