"""The personal ranking: colleagues of one federation, and only those who agreed to it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.domain.personal import NotCounted, join_ranking, leave_ranking
from learning.exporting import stamp
from learning.models import EntryKind, LedgerEntry, PointRule, RankingConsent
from learning.my_sheets import earned_sheets
from learning.personal.ranking import rank_colleagues
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member, make_staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def earn(member, points, credit=0, day=TODAY):
    rule, _made = PointRule.objects.get_or_create(
        behaviour="lesson_micro", starts_on=date(2020, 1, 1), defaults={"points": 1, "credit": 25}
    )
    LedgerEntry.objects.create(
        member=member,
        rule=rule,
        key=f"test:{LedgerEntry.objects.count()}",
        kind=EntryKind.EARNED,
        points=points,
        credit=credit,
        occurred_at=NOW,
        day=day,
        written_at=NOW,
    )


@pytest.fixture
def women(tree):
    """陈秀英 and two colleagues in one village; 林丽 has not agreed."""
    names = ("陈秀英", "黄桂兰", "林丽")
    women = [make_committee_member(tree.village, name) for name in names]
    for member, points in zip(women, (5, 8, 9), strict=True):
        earn(member, points, credit=points * 10)
    for member in women[:2]:
        join_ranking(member=member, now=NOW)
    return women


def ranks(member, federation, *, figure="points", span="week", today=TODAY):
    ranking = rank_colleagues(
        member=member, federation=federation, figure=figure, span=span, today=today
    )
    return [(place.rank, place.name, place.text) for place in ranking.places]


def see(client, member) -> str:
    client.force_login(member)
    return client.get(reverse("learning:personal"), {"span": "year"}).content.decode()


def choose(client, member, on):
    client.force_login(member)
    return client.post(reverse("learning:personal_choice"), {"on": on}, follow=True)


def test_those_who_agreed_are_ranked_by_points_or_hours(women, tree):
    assert ranks(women[0], tree.village) == [(1, "黄桂兰", "8"), (2, "陈秀英", "5")]
    assert ranks(women[0], tree.village, figure="credit") == [
        (1, "黄桂兰", "0.8"),
        (2, "陈秀英", "0.5"),
    ]


@pytest.mark.parametrize(
    ("span", "day", "is_in"),
    [
        ("week", date(2026, 11, 23), True),
        ("week", date(2026, 11, 22), False),
        ("month", date(2026, 11, 1), True),
        ("month", date(2026, 10, 31), False),
        ("year", date(2026, 1, 1), True),
        ("year", date(2025, 12, 31), False),
        ("year", date(2026, 11, 29), False),
    ],
)
def test_what_counts_lies_in_the_time(tree, span, day, is_in):
    member = make_committee_member(tree.village)
    join_ranking(member=member, now=NOW)
    earn(member, 5, day=day)

    assert bool(ranks(member, tree.village, span=span)) is is_in


def test_equal_figures_share_a_rank(women, tree):
    earn(women[0], 3)
    late = make_committee_member(tree.village, "吴梅")
    join_ranking(member=late, now=NOW)
    earn(late, 1)

    assert [(rank, text) for rank, _name, text in ranks(late, tree.village)] == [
        (1, "8"),
        (1, "8"),
        (3, "1"),
    ]


def test_first_ten_are_shown_and_her_own_place(tree):
    for number in range(13):
        member = make_committee_member(tree.village, f"执委{number}")
        join_ranking(member=member, now=NOW)
        earn(member, 20 - number)
    ranking = rank_colleagues(
        member=member, federation=tree.village, figure="points", span="week", today=TODAY
    )

    assert [place.rank for place in ranking.places] == list(range(1, 11))
    assert (ranking.mine.rank, ranking.count) == (13, 13)


def test_who_earned_nothing_has_no_place(women, tree):
    idle = make_committee_member(tree.village, "何静")
    join_ranking(member=idle, now=NOW)

    assert len(ranks(idle, tree.village)) == 2


def test_owner_and_colleague_who_agreed_see_each_other(client, women):
    for member in women[:2]:
        page = see(client, member)
        assert "黄桂兰" in page
        assert "陈秀英" in page
        assert "林丽" not in page


def test_colleague_who_did_not_agree_sees_the_promise_and_nobody(client, women):
    page = see(client, women[2])

    assert "黄桂兰" not in page
    assert "只有大黄村妇联的同事，并且也参加了的，才看得到你。" in page


def others(tree):
    superior = make_committee_member(tree.county, "县执委")
    join_ranking(member=superior, now=NOW)
    stranger = make_committee_member(tree.sibling_village, "邻村")
    join_ranking(member=stranger, now=NOW)
    return {
        "stranger": stranger,
        "superior": superior,
        "manager": make_staff(tree.county),
        "superuser": make_member("超管", is_superuser=True, is_staff=True),
    }


@pytest.mark.parametrize("who", ["stranger", "superior", "manager", "superuser"])
def test_nobody_else_sees_them_not_even_by_address(client, women, tree, who):
    client.force_login(others(tree)[who])
    for place in ("", tree.village.pk):
        query = {"federation": place, "plan": 1, "span": "year"}
        page = client.get(reverse("learning:personal"), query).content.decode()
        assert "黄桂兰" not in page
        assert "陈秀英" not in page


def test_account_without_any_seat_is_refused(client, db):
    client.force_login(make_member())

    assert client.get(reverse("learning:personal")).status_code == 403


def test_one_tap_leaves_at_once(client, women):
    choose(client, women[1], "0")

    assert "黄桂兰" not in see(client, women[0])
    assert not RankingConsent.objects.filter(member=women[1]).exists()
    # Leaving again changes nothing.
    leave_ranking(member=women[1])


def test_joining_twice_keeps_the_first_moment(client, women):
    choose(client, women[0], "1")

    assert RankingConsent.objects.get(member=women[0]).since == NOW


def test_who_moved_is_gone_and_is_asked_anew(client, women, tree):
    women[1].appointments.update(federation=tree.sibling_village)

    assert "黄桂兰" not in see(client, women[0])
    assert "同意并参加个人榜" in see(client, women[1])
    choose(client, women[1], "1")
    assert RankingConsent.objects.get(member=women[1]).federation == tree.sibling_village


def test_ended_term_and_closed_account_are_gone(client, women, tree):
    women[1].appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert "黄桂兰" not in see(client, women[0])
    women[1].appointments.update(ends_on=None)
    women[1].is_active = False
    women[1].save()

    assert "黄桂兰" not in see(client, women[0])


def test_member_without_a_counted_appointment_cannot_join(client, tree):
    manager = make_staff(tree.county)
    with pytest.raises(NotCounted):
        join_ranking(member=manager, now=NOW)
    page = choose(client, manager, "1").content.decode()

    assert "你现在没有计入单位，不能参加个人榜" in page
    assert "你现在没有计入单位的任职，所以没有个人榜。" in page


def test_choice_is_made_by_post_and_signed_in(client, women):
    assert client.get(reverse("learning:personal_choice")).status_code == 405
    assert client.post(reverse("learning:personal_choice"), {"on": "1"}).status_code == 302
    assert client.get(reverse("learning:personal")).status_code == 302
    assert RankingConsent.objects.count() == 2


def test_consent_goes_with_the_member(tree):
    member = make_committee_member(tree.village)
    join_ranking(member=member, now=NOW)
    member.appointments.all().delete()
    member.delete()

    assert RankingConsent.objects.count() == 0


def test_page_takes_as_many_queries_for_30_colleagues(client, women, tree):
    client.force_login(women[0])
    before = count_queries(client, "learning:personal")
    for number in range(30):
        member = make_committee_member(tree.village, f"执委{number}")
        join_ranking(member=member, now=NOW)
        earn(member, 5, day=timezone.localdate())

    assert count_queries(client, "learning:personal") == before


def test_my_page_and_the_board_lead_there(client, women):
    client.force_login(women[0])

    assert reverse("learning:personal") in client.get(reverse("me")).content.decode()


def test_her_own_data_says_where_she_agreed(tree):
    member = make_committee_member(tree.village)
    rows = {sheet.name: sheet for sheet in earned_sheets(member)}["个人榜"].rows
    assert list(rows) == []

    join_ranking(member=member, now=timezone.now())

    rows = {sheet.name: sheet for sheet in earned_sheets(member)}["个人榜"].rows
    since = RankingConsent.objects.get().since
    assert list(rows) == [("大黄村妇联", stamp(since))]
