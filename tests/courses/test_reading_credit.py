"""Texts are credited like recordings: by paragraphs, from the same account."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.domain.timeline import timeline_of
from courses.domain.watching import Claim, open_lesson, report_watching
from courses.models import LessonMedia, WatchRecord
from learning.models import Progress
from tests.factories import make_committee_member
from tests.pages import make_lesson

NOW = timezone.now()
SECOND = timedelta(seconds=1)
# Two paragraphs of 30 seconds each.
BODY = ("<p>" + "读" * 450 + "</p>") * 2


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


@pytest.fixture
def lesson(academy):
    return make_lesson(academy, body=BODY)


def report(member, lesson, claimed, now, **facts):
    claim = Claim(intervals=claimed, **facts)
    return report_watching(member=member, lesson=timeline_of(lesson), claims=[claim], now=now)


def begin(member, lesson, now=NOW):
    return open_lesson(member=member, lesson=timeline_of(lesson), now=now)


def test_text_read_in_its_time_is_finished(member, lesson):
    begin(member, lesson)
    watched = report(member, lesson, [[0, 600]], NOW + 30 * SECOND)

    assert (watched.watched, watched.is_new_completion) == (600, True)
    assert Progress.objects.get(member=member, page=lesson).seconds == 60


def test_whole_text_claimed_at_once_is_worth_nothing(member, lesson):
    begin(member, lesson)

    assert report(member, lesson, [[0, 600]], NOW).watched == 0


def test_text_scrolled_through_gets_twice_the_clock(member, lesson):
    begin(member, lesson)

    assert report(member, lesson, [[0, 600]], NOW + 5 * SECOND).watched == 100


def test_text_and_film_share_one_budget(member, lesson, academy):
    media = LessonMedia.objects.create(title="片", type="video", duration=300, file="lessons/x.mp4")
    film = make_lesson(academy, media=media)
    for each in (lesson, film):
        begin(member, each)
    later = NOW + 10 * SECOND

    assert [report(member, each, [[0, 200]], later).watched for each in (lesson, film)] == [200, 0]


@pytest.mark.parametrize("claimed", [[[-10, 50]], [[600, 900]], [[0, 9000]], "alles", [[5, 5]]])
def test_claim_outside_the_text_is_ignored(member, lesson, claimed):
    begin(member, lesson)

    assert report(member, lesson, claimed, NOW + 60 * SECOND).watched == 0


def test_report_of_an_older_wording_is_ignored(member, lesson):
    begin(member, lesson)

    assert report(member, lesson, [[0, 300]], NOW + 60 * SECOND, version="told").watched == 0


def test_edited_text_begins_anew_and_stays_finished(member, lesson):
    begin(member, lesson)
    report(member, lesson, [[0, 600]], NOW + 60 * SECOND)
    lesson.body = BODY + "<p>补一段</p>"
    opened = begin(member, lesson, NOW + 70 * SECOND)

    assert (opened.watched.watched, opened.position) == (0, 0)
    assert opened.watched.is_completed


def test_place_is_kept(member, lesson):
    begin(member, lesson)
    report(member, lesson, [[0, 300]], NOW + 60 * SECOND, position=300)

    assert begin(member, lesson, NOW + 90 * SECOND).position == 300
    assert WatchRecord.objects.get().version == timeline_of(lesson).version


def test_opening_winds_the_clock_without_losing_credit(member, lesson):
    begin(member, lesson)
    for minutes in (0.5, 2, 3):
        begin(member, lesson, NOW + minutes * 60 * SECOND)

    assert report(member, lesson, [[0, 600]], NOW + 190 * SECOND).watched == 600
