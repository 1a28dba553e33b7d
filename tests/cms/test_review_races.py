"""Two at once: one decides, the other is told."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from cms.domain.reviews.deciding import decide
from cms.domain.reviews.errors import ReviewRefused
from cms.domain.reviews.rounds import current_state
from cms.models import ArticlePage, RecordKind, ReviewRecord
from tests.cms.reviewing import make_desk
from tests.editors import decide_next, submit

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite writes one after the other anyway"
    ),
]


@pytest.fixture
def desk(transactional_db, home, tree):
    return make_desk(home, tree.town, tree.province)


def at_once(*deeds) -> list[str]:
    """Run each in a thread of its own, together; what each came to."""
    barrier, outcomes = Barrier(len(deeds)), []

    def run(deed):
        barrier.wait()
        try:
            deed()
            outcomes.append("done")
        except ReviewRefused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def deciding(state, by, *, is_approved=True):
    return lambda: decide(
        state_id=state.pk,
        by=by,
        is_approved=is_approved,
        reason="改",
        seen=state.text,
        now=timezone.now(),
    )


@pytest.mark.parametrize("is_approved", [True, False])
def test_of_two_reviewers_one_decides(desk, is_approved):
    page = desk.draft()
    submit(page, desk.author)
    state = current_state(page)

    outcomes = at_once(
        deciding(state, desk.reviewers[0]),
        deciding(state, desk.reviewers[1], is_approved=is_approved),
    )

    decided = ReviewRecord.objects.exclude(kind=RecordKind.SUBMITTED)
    assert (outcomes, decided.count()) == (["done", "refused"], 1)


def test_one_person_pressing_twice_decides_once(desk):
    page = desk.draft()
    submit(page, desk.author)
    state = current_state(page)

    outcomes = at_once(*[deciding(state, desk.reviewers[0])] * 4)

    assert outcomes == ["done", "refused", "refused", "refused"]


def test_text_saved_during_the_last_decision_is_never_published_unread(desk):
    page = desk.draft(title="读过的")
    submit(page, desk.author)
    for reviewer in desk.reviewers[:2]:
        decide_next(page, reviewer)
    state = current_state(page)
    other = ArticlePage.objects.get()
    other.title = "没读过的"

    at_once(
        deciding(state, desk.reviewers[2]),
        lambda: other.save_revision(user=desk.author, overwrite_revision=other.latest_revision),
    )

    assert ArticlePage.objects.get().title == "读过的"
