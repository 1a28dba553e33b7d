"""Who left five years ago and never came back is erased as if she had asked for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from federations.domain.long_gone import ask_for_long_gone, long_gone
from members.models import Erasure, Member
from tests.factories import make_committee_member, make_staff

NOW = timezone.now()
DAY = timedelta(days=1)
LONG = 5 * 365 * DAY


@pytest.fixture
def gone(tree):
    member = make_committee_member(tree.village)
    member.appointments.update(starts_on=(NOW - 2 * LONG).date(), ends_on=(NOW - LONG - DAY).date())
    Member.objects.filter(pk=member.pk).update(date_joined=NOW - 2 * LONG)
    return member


def test_she_has_the_same_week(gone):
    assert ask_for_long_gone(NOW) == 1
    assert ask_for_long_gone(NOW + DAY) == 0
    assert Erasure.objects.get().due_at == NOW + 7 * DAY


@pytest.mark.parametrize(
    "fields", [{"last_login": NOW - LONG + DAY}, {"date_joined": NOW - LONG + DAY}]
)
def test_who_was_here_since_is_left_alone(gone, fields):
    Member.objects.filter(pk=gone.pk).update(**fields)

    assert not long_gone(NOW)


def test_who_left_later_is_left_alone(gone):
    gone.appointments.update(ends_on=(NOW - LONG + DAY).date())

    assert not long_gone(NOW)


def test_who_serves_elsewhere_is_left_alone(gone, tree):
    gone.appointments.create(
        federation=tree.town, position="执委", starts_on=NOW.date(), is_counted=False
    )

    assert not long_gone(NOW)


def test_staff_and_who_never_served_are_left_alone(tree):
    make_staff(tree.town)
    Member.objects.update(date_joined=NOW - 2 * LONG)

    assert not long_gone(NOW)
