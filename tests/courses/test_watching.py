from datetime import timedelta

import pytest
from django.utils import timezone

from courses.domain import watching
from courses.domain.reading import finish_reading, reading_seconds
from courses.domain.timeline import timeline_of
from courses.domain.watching import Claim, report_watching
from courses.models import LessonMedia
from learning.models import Progress
from tests.factories import make_committee_member
from tests.pages import make_course, make_lesson

NOW = timezone.now()
SECOND = timedelta(seconds=1)
MINUTE = 60 * SECOND


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


def make_film(seconds=300):
    return LessonMedia.objects.create(
        title="片", type="video", duration=seconds, file="lessons/x.mp4"
    )


@pytest.fixture
def lesson(academy):
    return make_lesson(academy, media=make_film())


def open_lesson(member, lesson, now):
    return watching.open_lesson(member=member, lesson=timeline_of(lesson), now=now)


def report(member, lesson, claimed, now, position=0):
    claim = Claim(intervals=claimed, position=position)
    return report_watching(member=member, lesson=timeline_of(lesson), claims=[claim], now=now)


def is_completed(member, lesson):
    return Progress.objects.filter(member=member, page=lesson, completed_at__isnull=False).exists()


def test_watching_in_real_time_is_credited_in_full(member, lesson):
    open_lesson(member=member, lesson=lesson, now=NOW)

    assert report(member, lesson, [[0, 600]], NOW + MINUTE).watched == 600


def test_whole_lesson_claimed_at_once_is_worth_nothing(member, lesson):
    open_lesson(member=member, lesson=lesson, now=NOW)

    assert report(member, lesson, [[0, 3000]], NOW).watched == 0


def test_claim_after_a_day_away_is_worth_nothing(member, lesson):
    open_lesson(member=member, lesson=lesson, now=NOW - timedelta(days=1))
    open_lesson(member=member, lesson=lesson, now=NOW)

    assert report(member, lesson, [[0, 3000]], NOW).watched == 0


def test_sixteen_times_speed_gets_twice_the_clock(member, lesson):
    open_lesson(member=member, lesson=lesson, now=NOW)

    assert report(member, lesson, [[0, 1600]], NOW + 10 * SECOND).watched == 200


def test_two_lessons_at_once_share_one_budget(member, lesson, academy):
    other = make_lesson(academy, media=make_film())
    for each in (lesson, other):
        open_lesson(member=member, lesson=each, now=NOW)
    later = NOW + 10 * SECOND

    credited = [report(member, each, [[0, 200]], later).watched for each in (lesson, other)]

    assert credited == [200, 0]


def test_report_sent_again_changes_nothing(member, lesson):
    open_lesson(member=member, lesson=lesson, now=NOW)
    first = report(member, lesson, [[0, 300]], NOW + MINUTE)

    assert report(member, lesson, [[0, 300]], NOW + MINUTE).watched == first.watched


def test_seek_to_the_end_does_not_finish_the_lesson(member, lesson):
    open_lesson(member=member, lesson=lesson, now=NOW)
    report(member, lesson, [[2900, 3000]], NOW + 5 * MINUTE, position=3000)

    assert not is_completed(member, lesson)


def test_ninety_percent_finish_the_lesson(member, lesson):
    open_lesson(member=member, lesson=lesson, now=NOW)
    watched = report(member, lesson, [[0, 2700]], NOW + 5 * MINUTE)

    assert watched.is_completed
    assert is_completed(member, lesson)


def test_what_is_missing_is_said_to_the_second(member, lesson):
    open_lesson(member=member, lesson=lesson, now=NOW)
    watched = report(member, lesson, [[0, 1320]], NOW + 5 * MINUTE)

    assert (watched.missing, watched.percent) == (1380, 44)


def test_finished_lesson_stays_finished(member, lesson):
    open_lesson(member=member, lesson=lesson, now=NOW)
    report(member, lesson, [[0, 3000]], NOW + 5 * MINUTE)

    assert report(member, lesson, [[0, 10]], NOW + 6 * MINUTE).is_new_completion is False


def test_text_read_too_fast_is_not_finished(member, academy):
    lesson = make_lesson(academy, body="<p>" + "读" * 600 + "</p>")
    finish_reading(member=member, lesson=lesson, now=NOW)

    assert finish_reading(member=member, lesson=lesson, now=NOW + 10 * SECOND) == 30
    assert not is_completed(member, lesson)


def test_text_read_in_a_plausible_time_is_finished(member, academy):
    lesson = make_lesson(make_course(academy), body="<p>" + "读" * 600 + "</p>")
    finish_reading(member=member, lesson=lesson, now=NOW)
    later = NOW + reading_seconds(lesson) * SECOND

    assert finish_reading(member=member, lesson=lesson, now=later) == 0
    assert is_completed(member, lesson)


def test_another_recording_is_watched_from_the_start(member, lesson):
    open_lesson(member=member, lesson=lesson, now=NOW)
    report(member, lesson, [[0, 2000]], NOW + 5 * MINUTE)
    lesson.media = make_film(seconds=200)
    lesson.save()

    watched = report(member, lesson, [], NOW + 6 * MINUTE)

    assert (watched.watched, is_completed(member, lesson)) == (0, False)


def test_many_texts_opened_at_once_are_paid_from_one_budget(member, academy):
    texts = [make_lesson(academy, body=f"<p>{'字' * 1500}</p>") for _each in range(3)]
    for text in texts:
        finish_reading(member=member, lesson=text, now=NOW)  # opened, not read yet
    later = NOW + 110 * SECOND  # worth 220 s; each text takes 100
    missing = [finish_reading(member=member, lesson=text, now=later) for text in texts]

    assert [each == 0 for each in missing] == [True, True, False]
    assert finish_reading(member=member, lesson=texts[2], now=later + missing[2] * SECOND) == 0
