"""A board from its opening by the clock to the next one's comparison with it, as members see it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.urls import reverse

from learning.domain.boards import open_boards
from learning.domain.ledger import award_points
from learning.domain.outcomes import fold_outcomes
from learning.domain.progress import complete_page, record_score
from learning.domain.standings import fold_standings, freeze_due_plans, rebuild_standings
from learning.models import Plan
from tests.factories import make_committee_member
from tests.learning.ledgers import make_rule
from tests.pages import make_lesson, make_quiz_page

ZONE = ZoneInfo("Asia/Shanghai")
OCTOBER, NOVEMBER = (datetime(2026, month, 20, 12, tzinfo=ZONE) for month in (10, 11))
DECEMBER = datetime(2026, 12, 1, 1, tzinfo=ZONE)
TEAM = 10


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def team(tree):
    return [make_committee_member(tree.village, f"执委{number}") for number in range(TEAM)]


def open_at(now, captured):
    """What the clock does, with the rebuilds that wait for the commit."""
    with captured(execute=True):
        open_boards(now=now)


def fold(now):
    fold_outcomes(followers=[award_points], now=now)
    fold_standings(now=now)


def board_page(client, member, tree, **query):
    client.force_login(member)
    return client.get(reverse("learning:board"), {"federation": tree.town.pk} | query)


def shown(response):
    """The place's own figures by name, each with its counts and its change."""
    return {
        str(item["label"]): (item["text"], item["note"], item["change"] and item["change"]["text"])
        for group in response.context["figures"]
        for item in group
    }


def test_month_from_its_opening_to_the_next_ones_comparison(
    client, tree, team, academy, django_capture_on_commit_callbacks
):
    make_rule("lesson_micro", credit=450)
    lessons = [make_lesson(academy), make_lesson(academy)]
    open_at(OCTOBER, django_capture_on_commit_callbacks)
    for member in team[:3]:
        complete_page(member=member, page_id=lessons[0].pk, now=OCTOBER, seconds=300)
    fold(OCTOBER)
    october = Plan.boards.get(key="month-2026-10")
    running = board_page(client, team[0], tree, plan=october.pk)

    # A month's part of 50 学时 is 4.17: one lesson of 4.5 reaches it.
    assert shown(running) == {
        "参与率": ("30%", "3 / 10", None),
        "达标率": ("30%", "3 / 10", None),
        "人均学时": ("1.35", "10 人", None),
        "及格率": ("0%", "0 / 3", None),
        "优秀率": ("0%", "0 / 3", None),
        "平均分": ("—", "0 人", None),
    }
    assert [(row["name"], row["rank"], row["text"]) for row in running.context["rows"]] == [
        ("大黄村", 1, "30%")
    ]

    open_at(NOVEMBER, django_capture_on_commit_callbacks)
    freeze_due_plans(now=NOVEMBER)
    for member in team[:5]:
        complete_page(member=member, page_id=lessons[1].pk, now=NOVEMBER, seconds=300)
    fold(NOVEMBER)
    november = Plan.boards.get(key="month-2026-11")
    page = board_page(client, team[0], tree, plan=november.pk)
    october.refresh_from_db()

    assert (october.is_frozen, november.previous) == (True, october)
    assert shown(page)["达标率"] == ("50%", "5 / 10", "↑ 20 个百分点")
    assert shown(page)["人均学时"] == ("2.25", "10 人", "↑ 0.9 学时")
    assert page.context["rows"][0]["change"]["text"] == "↑ 20 个百分点"
    frozen = board_page(client, team[0], tree, plan=october.pk)
    assert shown(frozen) == shown(running)
    assert "已冻结 · 截至2026年10月31日 23:59" in frozen.content.decode()


def test_quiz_from_its_first_hand_in_to_its_closing(
    client, tree, team, academy, django_capture_on_commit_callbacks
):
    quiz = make_quiz_page(academy, title="学法测验")
    quiz.closes_at = DECEMBER - timedelta(hours=1)
    quiz.save()

    def hand_in(member, score_bp, now):
        passed = score_bp >= 6000
        record_score(member=member, page_id=quiz.pk, score_bp=score_bp, has_passed=passed, now=now)

    hand_in(team[0], 9500, OCTOBER)
    open_at(OCTOBER, django_capture_on_commit_callbacks)
    for member, score_bp in zip(team[1:4], (9000, 6000, 3000), strict=True):
        hand_in(member, score_bp, NOVEMBER)
    fold(NOVEMBER)
    board = Plan.boards.get(kind="quiz")
    expected = {
        "参与率": ("40%", "4 / 10", None),
        "完成率": ("40%", "4 / 10", None),
        "人均学时": ("0", "10 人", None),
        "及格率": ("75%", "3 / 4", None),
        "优秀率": ("50%", "2 / 4", None),
        "平均分": ("68.8", "4 人", None),
    }

    assert shown(board_page(client, team[5], tree, plan=board.pk)) == expected

    # Ten minutes are left for what was handed in before the closing.
    freeze_due_plans(now=DECEMBER)
    rebuild_standings(plan_id=board.pk, now=DECEMBER)
    frozen = board_page(client, team[5], tree, plan=board.pk)
    assert shown(frozen) == expected
    assert frozen.context["is_frozen"]
