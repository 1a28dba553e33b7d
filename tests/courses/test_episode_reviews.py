"""The calendar of an audio column with the three reviews as they are: whatever its day, no
episode is heard that three people have not passed.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page

from cms.domain.reviews.people import find_obstacle
from cms.domain.reviews.rounds import current_state
from cms.domain.scheduling import publish_due
from cms.models import ReviewStep
from courses.domain.episodes import (
    State,
    Wish,
    apply_calendar,
    fingerprint,
    plan_moments,
    read_episodes,
)
from courses.models import LessonPage
from federations.models import StaffRoleType
from tests.columns import make_audio_column, make_episode
from tests.editors import decide_next, make_editor, make_reviewers, pass_reviews, submit

pytestmark = pytest.mark.django_db

DAYS = frozenset(range(7))


@pytest.fixture
def column(home, tree):
    return make_audio_column(home, federation=tree.town)


@pytest.fixture
def editor(home, column, tree):
    return make_editor(home, tree.town)


@pytest.fixture
def reviewers(home, column, tree):
    return make_reviewers(home, tree.town)


@pytest.fixture
def draft(column):
    page = make_episode(column, title="一", federation=column.federation, live=False)
    page.save_revision()
    return LessonPage.objects.get(pk=page.pk)


def plan(column, user, first=1):
    """The editor looks at the calendar that begins in `first` days, and applies it."""
    now = timezone.now()
    wish = Wish(timezone.localdate() + timedelta(days=first), 8, DAYS)
    episodes = read_episodes(column)
    editable = {each.page.pk for each in episodes}
    seen = fingerprint(episodes, plan_moments(episodes, wish, editable, now))
    return apply_calendar(
        column=column, wish=wish, editable=editable, seen=seen, user=user, now=now
    )


def state_of(page) -> State:
    (state,) = [
        each.state for each in read_episodes(page.get_parent().specific) if each.page.pk == page.pk
    ]
    return state


def send(page, user):
    submit(LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object(), user)


def is_live_after(page, days) -> bool:
    """Time goes by: for every version of the episode its hour is so much nearer."""
    passing = timedelta(days=days)
    for revision in LessonPage.objects.get(pk=page.pk).revisions.all():
        if asked := revision.content.get("go_live_at"):
            revision.content["go_live_at"] = (parse_datetime(asked) - passing).isoformat()
        if revision.approved_go_live_at:
            revision.approved_go_live_at -= passing
        revision.save()
    publish_due(now=timezone.now())
    return Page.objects.get(pk=page.pk).live


def test_planned_draft_does_not_go_live(column, editor, draft):
    plan(column, editor)

    assert (state_of(draft), is_live_after(draft, 3)) == (State.DRAFT, False)


@pytest.mark.parametrize("approvals", [0, 1, 2])
def test_episode_that_two_have_passed_does_not_go_live(column, editor, draft, reviewers, approvals):
    plan(column, editor)
    send(draft, editor)
    for reviewer in reviewers[:approvals]:
        decide_next(draft, reviewer)

    assert (state_of(draft), is_live_after(draft, 3)) == (State.REVIEWING, False)


def test_episode_that_has_passed_goes_live_on_its_day(column, editor, draft, reviewers):
    plan(column, editor, first=2)
    send(draft, editor)
    pass_reviews(draft, reviewers)

    assert (state_of(draft), is_live_after(draft, 1), is_live_after(draft, 3)) == (
        State.APPROVED,
        False,
        True,
    )


def test_episode_that_was_sent_back_does_not_go_live(column, editor, draft, reviewers):
    plan(column, editor)
    send(draft, editor)
    decide_next(draft, reviewers[0], is_approved=False, reason="杂音")

    assert (state_of(draft), is_live_after(draft, 3)) == (State.DRAFT, False)


def test_calendar_leaves_alone_what_is_reviewed_or_has_passed(column, editor, draft, reviewers):
    plan(column, editor)
    send(draft, editor)
    during = plan(column, editor, first=5)
    pass_reviews(draft, reviewers)

    assert (during, plan(column, editor, first=9)) == (0, 0)


def test_episode_that_is_edited_after_it_passed_goes_live_as_it_passed(
    column, editor, draft, reviewers
):
    plan(column, editor)
    send(draft, editor)
    pass_reviews(draft, reviewers)
    page = LessonPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    page.title = "偷换"
    page.save_revision(user=editor, overwrite_revision=page.latest_revision)

    assert is_live_after(draft, 3)
    assert Page.objects.get(pk=draft.pk).title == "一"


def test_who_gave_it_its_day_does_not_review_it(home, tree, column, draft, editor):
    planner = make_editor(home, tree.town, StaffRoleType.REVIEWER)
    plan(column, planner)
    send(draft, editor)

    assert find_obstacle(current_state(draft), planner) is not None


def test_day_that_is_over_when_it_passes_is_today(column, editor, draft, reviewers):
    page = draft.get_latest_revision_as_object()
    page.go_live_at = timezone.now() - timedelta(hours=1)
    submit(page, editor)
    (episode,) = read_episodes(column)
    late = episode.is_late(timezone.now())
    pass_reviews(page, reviewers)

    assert (late, Page.objects.get(pk=draft.pk).live) == (True, True)


def test_version_that_goes_live_leaves_the_next_ones_round_alone(column, editor, draft, reviewers):
    plan(column, editor)
    send(draft, editor)
    pass_reviews(draft, reviewers)
    send(draft, editor)
    decide_next(draft, reviewers[0])

    assert is_live_after(draft, 3)
    assert current_state(draft).step == ReviewStep.SECOND
