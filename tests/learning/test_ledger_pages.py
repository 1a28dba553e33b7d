"""我的积分和学时: what she reads, and what nobody else does."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from federations.models import StaffRoleType
from learning.domain.growth import note_mastered
from learning.models import PointRule
from learning.queries_statement import credit_statement
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member, make_staff
from tests.learning.ledgers import fold, hand_in, learn, make_rule, restate
from tests.pages import make_lesson, make_quiz_page

NOW = timezone.now()
YEAR = localdate(NOW).year
FROM_START = date(YEAR - 1, 1, 1)


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def rule(db):
    return make_rule(daily_cap=12, starts_on=FROM_START)


def finish(member, academy, count=1, at=NOW):
    for _each in range(count):
        learn(member, make_lesson(academy, title="婚姻家庭"), at)
    fold(at)


def shown(client, query=""):
    return client.get(reverse("ledger:index") + query).context


def test_entry_reads_as_a_sentence(client, member, academy, rule):
    finish(member, academy)
    ((_month, (row,)),) = shown(client)["months"]

    assert row.when == f"{localdate(NOW).month}月{localdate(NOW).day}日"
    assert (row.text, row.gain) == ("学完《婚姻家庭》", "+5 分 · +0.25 学时")


def test_correction_says_why(client, member, academy):
    make_rule("quiz_passed", 5, 50, starts_on=FROM_START)
    quiz = make_quiz_page(academy, title="禁毒")
    hand_in(member, quiz, NOW)
    fold(NOW)
    restate(member, quiz, NOW)
    fold(NOW)
    ((_month, (correction, _earned)),) = shown(client)["months"]

    assert (correction.text, correction.gain) == ("更正：测验及格《禁毒》", "−5 分 · −0.5 学时")
    assert correction.reason == "成绩已更正或作废"


def test_sums_are_of_all_points_and_of_the_year(client, member, academy, rule):
    finish(member, academy)
    finish(member, academy, at=NOW - timedelta(days=366))
    facts = shown(client)

    assert (facts["points"], facts["year_points"], facts["hours"]) == (10, 5, "0.25")


def test_year_shows_its_own_entries(client, member, academy, rule):
    finish(member, academy, at=NOW - timedelta(days=366))

    assert shown(client)["months"] == []
    facts = shown(client, f"?year={YEAR - 1}")
    assert len(facts["months"]) == 1
    assert facts["years"] == [YEAR, YEAR - 1]


@pytest.mark.parametrize(
    "query", ["?year=x", "?year=1800", f"?year={YEAR + 1}", "?year=" + "9" * 30]
)
def test_strange_year_does_not_exist(client, member, query):
    assert client.get(reverse("ledger:index") + query).status_code == 404


def test_full_cap_is_explained(client, member, academy, rule):
    finish(member, academy, count=4)
    response = client.get(reverse("ledger:index"))
    (row,) = response.context["today_rows"]

    assert (row.points, row.daily_cap, row.is_full) == (12, 12, True)
    assert "今天的积分已满" in response.content.decode()


def test_rules_are_told_with_their_day(client, member, rule):
    rule.pk, rule.points, rule.starts_on = None, 8, localdate(NOW) + timedelta(days=2)
    rule.save()
    present, coming = shown(client)["rules"]

    assert (present.gain, present.has_begun) == ("+5 分 · +0.25 学时", True)
    assert (coming.gain, coming.has_begun) == ("+8 分 · +0.25 学时", False)


def test_replaced_rule_is_told_no_more(client, member, rule):
    PointRule.objects.create(
        behaviour=rule.behaviour, points=8, starts_on=localdate(NOW) - timedelta(days=1)
    )

    assert [row.gain for row in shown(client)["rules"]] == ["+8 分"]


def test_pages_work_for_someone_without_anything(client, db):
    client.force_login(make_member())
    for name in ("ledger:index", "ledger:growth"):
        assert client.get(reverse(name)).status_code == 200
    assert client.get(reverse("me")).context["ledger"]["points"] == 0


def test_pages_ask_for_sign_in(client, db):
    for url in (reverse("ledger:index"), reverse("ledger:growth"), statement_url()):
        assert client.get(url).status_code == 302


def test_my_page_shows_growth_and_rhythm(client, member, academy, rule):
    finish(member, academy)
    note_mastered(member_id=member.pk, total=9, now=NOW)
    facts = client.get(reverse("me")).context["ledger"]

    assert (facts["points"], facts["weeks"], facts["rhythm_text"]) == (5, 1, "这周学过了，真好")
    assert (facts["stage_label"], facts["next_label"], facts["left"]) == ("新芽", "花苞", 1)


def test_growth_page_marks_what_is_reached(client, member):
    note_mastered(member_id=member.pk, total=12, now=NOW)
    rows = client.get(reverse("ledger:growth")).context["stages"]

    assert [row["is_reached"] for row in rows] == [True, True, True, False, False]
    assert [row["label"] for row in rows if row["is_current"]] == ["花苞"]


def test_entries_come_in_pages(client, member, academy, rule):
    finish(member, academy, count=31)

    assert sum(len(rows) for _month, rows in shown(client)["months"]) == 30
    assert sum(len(rows) for _month, rows in shown(client, "?p=2")["months"]) == 1


def test_queries_do_not_grow(client, member, academy, rule):
    urls = [reverse("ledger:index"), reverse("ledger:growth"), reverse("me"), statement_url()]
    finish(member, academy)
    few = [count_queries(client, url) for url in urls]
    finish(member, academy, count=29)

    assert [count_queries(client, url) for url in urls] == few


def statement_url(*args) -> str:
    return reverse("ledger:statement_of" if args else "ledger:statement", args=[YEAR, *args])


def test_statement_adds_up(member, academy, rule):
    make_rule("quiz_passed", 5, 50, starts_on=FROM_START)
    first, second = make_quiz_page(academy), make_quiz_page(academy)
    finish(member, academy, count=2)
    for quiz in (first, second):
        hand_in(member, quiz, NOW)
    fold(NOW)
    restate(member, second, NOW)
    fold(NOW)
    statement = credit_statement(member, YEAR)

    assert (statement.points, statement.credit) == (15, 100)
    assert [row.credit for row in statement.rows] == [25, 25, 50, 50, -50]
    assert [(share.label, share.credit) for share in statement.kinds] == [
        ("学完微课（15 分钟以内）", 50),
        ("测验及格", 50),
    ]
    assert sum(share.credit for share in statement.months) == 100
    assert [each.behaviour for each in statement.rules] == ["lesson_micro", "quiz_passed"]


def test_statement_is_of_its_year(member, academy, rule):
    finish(member, academy, at=NOW - timedelta(days=366))

    assert credit_statement(member, YEAR).rows == []
    assert credit_statement(member, YEAR - 1).credit == 25


def test_statement_page_names_hours_and_rules(client, member, academy, rule):
    finish(member, academy, count=2)
    page = client.get(statement_url()).content.decode()

    assert "0.5 学时" in page
    assert "梅州市梅县区松口镇大黄村妇联" in page
    assert f"{YEAR - 1}年1月1日起的规则" in page


def test_title_of_a_page_is_no_markup(client, member, academy, rule):
    learn(member, make_lesson(academy, title="<script>alert(1)</script>"), NOW)
    fold(NOW)
    for url in (reverse("ledger:index"), statement_url()):
        assert "<script>alert" not in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("place", "role", "status"),
    [
        ("town", StaffRoleType.MANAGER, 200),
        ("province", StaffRoleType.VIEWER, 200),
        ("village", StaffRoleType.EDITOR, 404),
        ("sibling_village", StaffRoleType.MANAGER, 404),
        ("other_city", StaffRoleType.MANAGER, 404),
    ],
)
def test_staff_see_statements_of_their_own_members(client, tree, member, place, role, status):
    client.force_login(make_staff(getattr(tree, place), role))

    assert client.get(statement_url(member.pk)).status_code == status


def test_another_members_statement_does_not_exist(client, tree, member):
    other = make_committee_member(tree.village)

    assert client.get(statement_url(other.pk)).status_code == 404
    assert client.get(statement_url(member.pk)).status_code == 200
