"""What the demo shows of boards, assessments and people together."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.demo.assessments import load_assessments
from config.demo.boards import load_boards
from config.demo.people import COUNTY_STAFF, OPERATOR, VILLAGE_MEMBER
from config.demo.together import COLLEAGUES, load_ranking
from learning.models import AssessmentPeriod, Plan, PlanKind, RankingConsent, Span
from learning.models.plan import FREEZE_GRACE
from tests.factories import make_committee_member, make_member

pytestmark = pytest.mark.django_db


def boards():
    rows = Plan.boards.filter(kind=PlanKind.PERIOD).order_by("key")
    return list(rows.values_list("key", "previous__key", "frozen_at"))


def test_past_weeks_are_frozen_and_know_the_week_before(tree):
    load_boards()

    settled = timezone.now() - FREEZE_GRACE
    weeks = Plan.boards.filter(span=Span.WEEK).order_by("opens_at")
    past = [week for week in weeks if week.has_closed(settled)]
    assert len(past) > 12
    assert [week.is_frozen for week in past] == [True] * len(past)
    assert [week.previous for week in past[1:]] == past[:-1]


def test_loading_the_boards_twice_changes_nothing(tree):
    load_boards()
    before = boards()

    load_boards()

    assert boards() == before


def test_loading_the_demo_into_a_filled_database_changes_nothing(tree):
    make_committee_member(tree.village)

    with pytest.raises(CommandError, match="没有改动"):
        call_command("load_demo")

    assert not Plan.boards.exists()


def test_assessments_have_a_frozen_period_and_one_that_runs(tree):
    for sign_in in (COUNTY_STAFF, OPERATOR):
        make_member(sign_in.name, phone=sign_in.phone)
    load_boards()

    load_assessments()

    periods = AssessmentPeriod.objects.order_by("scheme", "first_day")
    assert [each.is_frozen for each in periods] == [True, False] * 2
    assert all(each.results.exists() for each in periods)


def test_village_member_is_ranked_with_some_of_her_team(tree):
    make_committee_member(tree.village, VILLAGE_MEMBER.name, phone=VILLAGE_MEMBER.phone)
    for number in range(COLLEAGUES + 2):
        make_committee_member(tree.village, f"执委{number}")

    load_ranking()

    assert RankingConsent.objects.filter(federation=tree.village).count() == 1 + COLLEAGUES
