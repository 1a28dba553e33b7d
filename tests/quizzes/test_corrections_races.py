"""Handing in while a correction is applied, and two runners of one correction."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from cms.models import AcademyPage
from members.models import Notice
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.corrections import (
    CorrectionRefused,
    apply,
    applying,
    draft_correction,
    preview,
)
from quizzes.models import Attempt, AttemptEvent, Correction, CorrectionState
from tests.factories import make_member
from tests.pages import make_quiz_page
from tests.quizzes.bank import fix_questions, make_bank, make_question
from tests.quizzes.sitting import ignore

MEMBERS = 8

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def question(db):
    return make_question(make_bank())


@pytest.fixture
def attempts(question):
    """Open ones, all answered C while the key is B."""
    academy = Page.get_first_root_node().add_child(
        instance=AcademyPage(title="执委学堂", slug="academy")
    )
    quiz = make_quiz_page(academy, shuffles=False)
    fix_questions(quiz, [question])
    now = timezone.now()
    started = [start_attempt(member=make_member(), quiz=quiz, now=now) for _ in range(MEMBERS)]
    Attempt.objects.update(answers={"q0": {"s": 1, "r": ["c"]}})
    return started


@pytest.fixture
def correction(question):
    data = {**question.current.data, "right": ["c"]}
    correction = draft_correction(
        version=question.current, data=data, reason="更正", keeps_higher=False, by=make_member()
    )
    preview(correction=correction, report=ignore)
    return correction


def at_once(works) -> None:
    barrier = Barrier(len(works))

    def run(work):
        try:
            barrier.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(run, works))


def hand_in(attempt):
    return lambda: submit_attempt(attempt_id=attempt.pk, member=attempt.member, now=timezone.now())


def run(correction):
    def work():
        # A runner that comes when the other is through is told so.
        with suppress(CorrectionRefused):
            apply(correction=correction, report=ignore, now=timezone.now())

    return work


def test_no_hand_in_escapes_the_correction(attempts, correction):
    at_once([run(correction), *map(hand_in, attempts)])

    assert set(Attempt.objects.values_list("state", "score_bp")) == {("submitted", 10000)}


def test_two_runners_do_each_slice_once(attempts, correction, monkeypatch):
    monkeypatch.setattr(applying, "SLICE", 1)
    for attempt in attempts:
        hand_in(attempt)()
    Correction.objects.update(state=CorrectionState.APPLYING, applied_at=timezone.now())
    Correction.objects.update(summary={"attempts": 0, "kept": 0})

    at_once([run(correction), run(correction)])

    assert set(Attempt.objects.values_list("score_bp", flat=True)) == {10000}
    assert AttemptEvent.objects.filter(kind="corrected").count() == MEMBERS
    assert Notice.objects.count() == MEMBERS
    assert Correction.objects.get().summary["attempts"] == MEMBERS
