from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.boards import SORTS, Board
from learning.domain.standings import freeze_due_plans, rebuild_standings
from learning.models import Plan, PlanItem
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member, make_village
from tests.learning.test_standings import NOW, finish
from tests.pages import make_lesson, make_quiz_page


@pytest.fixture
def plan(tree, academy):
    plan = Plan.objects.create(
        title="年度学习任务", federation=tree.province, opens_at=NOW - timedelta(days=9)
    )
    for place, page in enumerate([make_lesson(academy), make_quiz_page(academy)]):
        PlanItem.objects.create(plan=plan, page=page, sort_order=place)
    return plan


def fill(federation, plan, *, size, finished, score_bp=9000):
    for number in range(size):
        member = make_committee_member(federation, f"执委{number}")
        if number < finished:
            finish(member, plan, score_bp=score_bp)


def rebuild(plan):
    rebuild_standings(plan_id=plan.pk, now=NOW)


def rows_at(plan, federation, *, sort="completed", view="subtree"):
    board = Board(plan=plan, federation=federation, view=view, sort=SORTS[sort])
    return {row.federation.name: (row.rank, row.tenths) for row in board.rows}


def get(client, **query):
    return client.get(reverse("learning:board"), query)


@pytest.fixture
def villages(tree, plan):
    third = make_village(tree.town, "老黄村", "441403101003")
    fill(tree.village, plan, size=10, finished=5)
    fill(tree.sibling_village, plan, size=12, finished=6)
    fill(third, plan, size=10, finished=1)
    rebuild(plan)
    return tree.town


def test_equal_rates_share_a_rank_and_the_next_is_skipped(plan, villages):
    assert rows_at(plan, villages) == {
        "大黄村": (1, 500),
        "小黄村": (1, 500),
        "老黄村": (3, 100),
    }


def test_small_units_stand_apart_without_a_rank(tree, plan):
    fill(tree.village, plan, size=9, finished=9)
    fill(tree.sibling_village, plan, size=10, finished=1)
    rebuild(plan)
    board = Board(plan=plan, federation=tree.town, view="subtree", sort=SORTS["completed"])

    assert [(row.federation.name, row.rank) for row in board.rows] == [("小黄村", 1)]
    assert [row.federation.name for row in board.small_rows] == ["大黄村"]


def test_units_without_members_are_counted_not_listed(plan, villages, tree):
    board = Board(plan=plan, federation=tree.province, view="subtree", sort=SORTS["completed"])

    assert ([row.federation.name for row in board.rows], board.empty_count) == (["梅州市"], 2)


def test_unit_that_the_plan_does_not_reach_has_nothing_counted(tree, academy):
    local = Plan.objects.create(title="广州任务", federation=tree.other_city, opens_at=NOW)
    board = Board(plan=local, federation=tree.town, view="subtree", sort=SORTS["completed"])

    assert (board.standing.subtree_due, board.previous_standing, board.crumbs) == (0, None, [])
    assert board.rows == []


def test_own_view_leaves_out_what_lies_below(tree, plan, villages):
    fill(tree.town, plan, size=10, finished=10)
    rebuild(plan)

    assert rows_at(plan, tree.county, view="own") == {"松口镇": (1, 1000)}


def test_average_score_counts_only_those_who_have_one(tree, plan):
    fill(tree.village, plan, size=10, finished=3, score_bp=8650)
    rebuild(plan)

    assert rows_at(plan, tree.town, sort="score") == {"大黄村": (1, 865)}


def test_average_of_two_is_not_shown(tree, plan):
    fill(tree.village, plan, size=10, finished=2, score_bp=8650)
    rebuild(plan)

    assert rows_at(plan, tree.town, sort="score") == {"大黄村": (None, None)}


def test_board_opens_on_the_default_plan_at_its_top(client, tree, plan, villages):
    client.force_login(make_committee_member(tree.village))

    assert get(client).context["federation"]["name"] == "广东省"


def test_board_marks_the_members_own_branch(client, tree, plan, villages):
    client.force_login(make_committee_member(tree.village))
    rows = get(client, federation=villages.pk).context["rows"]

    assert [row["name"] for row in rows if row["is_mine"]] == ["大黄村"]


def test_drill_down_and_back_by_crumbs(client, tree, plan, villages):
    client.force_login(make_committee_member(tree.village))
    context = get(client, federation=tree.village.pk).context

    assert [crumb["name"] for crumb in context["crumbs"]] == [
        "广东省",
        "梅州市",
        "梅县区",
        "松口镇",
    ]


def test_city_without_counties_lists_its_towns(client, tree, plan):
    fill(tree.dongguan_town, plan, size=10, finished=3)
    rebuild(plan)

    assert rows_at(plan, tree.dongguan) == {"石碣镇": (1, 300)}


def test_fragment_is_the_same_file_without_the_frame(client, tree, plan, villages):
    client.force_login(make_committee_member(tree.village))
    url = reverse("learning:board")
    whole, part = client.get(url), client.get(url, headers={"HX-Request": "true"})

    assert part.content.decode().strip() in whole.content.decode()
    assert "HX-Request" in part["Vary"]


def test_board_needs_a_sign_in(client, plan):
    assert get(client)["Location"].startswith(reverse("account_login"))


def test_board_is_closed_to_people_without_an_appointment(client, plan):
    client.force_login(make_member())

    assert get(client).status_code == 403


@pytest.mark.parametrize(
    "query", ["plan=x", "plan=999999", "federation=-1", "federation=²", "federation=9999999"]
)
def test_unknown_addresses_do_not_exist(client, tree, plan, query):
    client.force_login(make_committee_member(tree.village))

    assert client.get(f"{reverse('learning:board')}?{query}").status_code == 404


def test_plan_of_another_city_does_not_exist(client, tree, plan):
    other = Plan.objects.create(title="广州任务", federation=tree.other_city, opens_at=NOW)
    client.force_login(make_committee_member(tree.village))

    assert get(client, plan=other.pk).status_code == 404
    assert "广州任务" not in get(client).content.decode()


def test_unit_outside_the_plan_does_not_exist(client, tree, plan):
    local = Plan.objects.create(title="梅州任务", federation=tree.city, opens_at=NOW)
    client.force_login(make_committee_member(tree.village))

    assert get(client, plan=local.pk, federation=tree.other_city.pk).status_code == 404


def test_frozen_board_says_so(client, tree, plan, villages):
    Plan.objects.update(cutoff_at=timezone.now() - timedelta(minutes=10))
    freeze_due_plans(now=timezone.now())
    client.force_login(make_committee_member(tree.village))

    assert "冻结" in get(client).context["updated_text"]


@pytest.mark.parametrize("number", ["0", "999999999", "x", "9" * 30])
def test_unit_that_is_none_is_not_found(client, tree, plan, number):
    client.force_login(make_committee_member(tree.village))
    query = {"plan": plan.pk, "federation": number}
    assert client.get(reverse("learning:board"), query).status_code == 404


def test_board_queries_do_not_grow(client, tree, plan):
    client.force_login(make_committee_member(tree.village))
    fill(tree.sibling_village, plan, size=10, finished=1)
    rebuild(plan)
    few = count_queries(client, "learning:board", f"?federation={tree.town.pk}")
    for number in range(29):
        village = make_village(tree.town, f"新村{number}", f"4414031012{number:02d}")
        fill(village, plan, size=1, finished=1)
    rebuild(plan)

    assert count_queries(client, "learning:board", f"?federation={tree.town.pk}") == few


LAST_LEVEL, NOBODY_YET = "这里是最后一级", "下面的单位还没有登记执委"


@pytest.mark.parametrize(("place", "said"), [("village", LAST_LEVEL), ("other_city", NOBODY_YET)])
def test_empty_board_says_why(client, tree, plan, place, said):
    client.force_login(make_committee_member(tree.village))
    text = get(client, federation=getattr(tree, place).pk).content.decode()

    assert [words for words in (LAST_LEVEL, NOBODY_YET) if words in text] == [said]
