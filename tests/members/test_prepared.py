"""Prepared queries: the same rows as the queryset's own, with other values each time."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from federations.models import Appointment
from members.models import Member
from members.prepared import Prepared
from tests.factories import make_committee_member, make_member

HER = Prepared(lambda member: Member.objects.filter(pk=member), member=int)
BY_NAME = Prepared(
    lambda name: Member.objects.filter(name=name).order_by("pk").values_list("pk", "date_joined"),
    name=str,
)
SINCE = Prepared(
    lambda member, day: Appointment.objects.filter(
        member=member, starts_on__lte=day
    ).select_related("federation"),
    member=int,
    day=date,
)
AMONG = Prepared(
    lambda names, ids: (
        Member.objects.filter(name__in=names, pk__in=ids).order_by("pk").values_list("name")
    ),
    names=list[str],
    ids=list[int],
)
JOINED_BY = Prepared(
    lambda now: Member.objects.filter(date_joined__lte=now).values_list("name"), now=datetime
)


@pytest.fixture
def two(db):
    return make_member(name="陈秀英"), make_member(name="黄桂芳")


def test_each_call_has_its_own_values(two):
    assert [HER.instances(member=each.pk) for each in two] == [[two[0]], [two[1]]]


def test_rows_are_read_as_their_fields_say(two):
    first = two[0]

    assert BY_NAME.rows(name="陈秀英") == [(first.pk, first.date_joined)]


@pytest.mark.parametrize("name", ["'; --", "%s", "\ue0000", ""])
def test_values_are_never_part_of_the_statement(two, name):
    assert BY_NAME.rows(name=name) == []


def test_named_objects_come_along(tree, django_assert_num_queries):
    member = make_committee_member(tree.village)
    with django_assert_num_queries(1):
        (appointment,) = SINCE.instances(member=member.pk, day=date.today())
        title = appointment.federation.title

    assert (title, SINCE.instances(member=member.pk, day=date(2000, 1, 1))) == (
        tree.village.title,
        [],
    )


def test_lists_may_be_of_any_length(two):
    names, ids = [each.name for each in two], [each.pk for each in two]

    assert AMONG.rows(names=names, ids=ids) == [("陈秀英",), ("黄桂芳",)]
    assert AMONG.rows(names=names, ids=ids[1:]) == [("黄桂芳",)]
    assert AMONG.rows(names=names[:1], ids=ids) == [("陈秀英",)]
    assert AMONG.rows(names=[*names, "何小妹"], ids=ids[::-1]) == [("陈秀英",), ("黄桂芳",)]


def test_lists_of_one_length_share_their_statement(two):
    assert [AMONG.rows(names=[each.name], ids=[each.pk]) for each in two] == [
        [("陈秀英",)],
        [("黄桂芳",)],
    ]


def test_moments_are_compared_to_the_second(db):
    member, second = make_member(name="陈秀英"), timedelta(seconds=1)

    assert JOINED_BY.rows(now=member.date_joined - second) == []
    assert JOINED_BY.rows(now=timezone.localtime(member.date_joined) + second) == [("陈秀英",)]


def test_number_that_no_row_can_have_finds_nothing(db):
    assert HER.instances(member=10**30) == []
    assert AMONG.rows(names=["陈秀英"], ids=[1, 10**30]) == []


def test_value_that_the_query_does_not_hold_is_refused(db):
    deaf = Prepared(lambda member: Member.objects.all(), member=int)

    with pytest.raises(ValueError, match="member"):
        deaf.instances(member=1)
