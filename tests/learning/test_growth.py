"""The kapok grows with what was finished, and keeps every stage."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.domain.growth import follow_growth, note_mastered
from learning.domain.progress import complete_page
from learning.models import Growth, Stage
from tests.factories import make_committee_member
from tests.pages import make_course, make_lesson

NOW = timezone.now()


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


def test_finished_lessons_let_it_grow(member, academy):
    course = make_course(academy)
    for page in [make_lesson(course) for _each in range(10)]:
        complete_page(member=member, page_id=page.pk, now=NOW)
    complete_page(member=member, page_id=course.pk, now=NOW)
    follow_growth(member_ids=[member.pk], now=NOW)

    grown = Growth.objects.get()
    assert (grown.lessons, grown.stage, grown.reached_at) == (10, Stage.BUD, NOW)


def test_following_again_changes_nothing(member, academy):
    complete_page(member=member, page_id=make_lesson(academy).pk, now=NOW)
    for hours in range(2):
        follow_growth(member_ids=[member.pk], now=NOW + timedelta(hours=hours))

    assert Growth.objects.get().reached_at == NOW


def test_stage_stays_when_a_question_is_forgotten(member):
    note_mastered(member_id=member.pk, total=10, now=NOW)
    note_mastered(member_id=member.pk, total=9, now=NOW)

    grown = Growth.objects.get()
    assert (grown.mastered, grown.stage) == (10, Stage.BUD)


def test_lessons_and_questions_add_up(member, academy):
    note_mastered(member_id=member.pk, total=9, now=NOW)
    complete_page(member=member, page_id=make_lesson(academy).pk, now=NOW)
    follow_growth(member_ids=[member.pk], now=NOW)

    assert Growth.objects.get().stage == Stage.BUD


def test_member_without_lessons_gets_no_row(member):
    follow_growth(member_ids=[member.pk], now=NOW)

    assert not Growth.objects.exists()
