"""Two reports at once share one budget, on every database."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.models import AcademyPage
from courses.domain.timeline import timeline_of
from courses.domain.watching import Claim, open_lesson, report_watching
from courses.models import LessonMedia, WatchBudget, WatchRecord
from tests.factories import make_committee_member
from tests.pages import make_lesson
from tests.quizzes.test_attempt_races import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def lessons(tree):
    root = Page.get_first_root_node()
    academy = root.add_child(instance=AcademyPage(title="执委学堂", slug="academy"))
    media = LessonMedia.objects.create(title="片", type="video", duration=600, file="lessons/x.mp4")
    return [make_lesson(academy, media=media) for _number in range(2)]


@pytest.mark.parametrize("count", [1, 2])
def test_reports_at_once_never_spend_more_than_there_is(tree, lessons, count):
    member, now = make_committee_member(tree.village), timezone.now()
    timelines = [timeline_of(lesson) for lesson in lessons[:count]]
    for each in timelines:
        open_lesson(member=member, lesson=each, now=now)
    later = now + timedelta(seconds=60)

    def report(number):
        claim = Claim(intervals=[[number * 600, number * 600 + 600]])
        lesson = timelines[number % count]
        return report_watching(member=member, lesson=lesson, claims=[claim], now=later)

    at_once(report)

    assert sum(WatchRecord.objects.values_list("watched", flat=True)) == 1200
    assert WatchBudget.objects.get(member=member).balance == 0


def test_first_reports_at_once_make_one_record(tree, lessons):
    member, now = make_committee_member(tree.village), timezone.now()
    lesson = timeline_of(lessons[0])
    at_once(
        lambda _number: report_watching(
            member=member, lesson=lesson, claims=[Claim([[0, 100]])], now=now
        )
    )

    assert WatchRecord.objects.filter(member=member).count() == 1
