"""A board as a file: asked for by staff at the desk, and the same figures as on the screen."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from federations.domain.jobs import run_waiting_jobs
from federations.models import Job, JobState, StaffRoleType
from learning.boards import SORTS, Board
from learning.boards.subjects import has_quiz
from learning.bulletins.bulletin import cell_text
from learning.bulletins.of_board import bulletin_of
from learning.domain.standings import freeze_due_plans
from learning.jobs import HANDLERS
from learning.models import Plan, Standing
from tests.factories import make_committee_member, make_member, make_staff, make_village
from tests.learning import test_board
from tests.learning.test_board import fill, rebuild
from tests.learning.test_standings import NOW
from tests.pdf_text import read_lines

pytestmark = pytest.mark.django_db
plan, villages = test_board.plan, test_board.villages


def open_board(plan, federation, **asked):
    plan = (
        Plan.boards.annotate(has_quiz=has_quiz())
        .select_related("federation", "previous")
        .get(pk=plan.pk)
    )
    sort = SORTS[asked.pop("sort", "completed")]
    return Board(
        plan=plan, federation=federation, view=asked.pop("view", "subtree"), sort=sort, **asked
    )


def column_of(bulletin, label):
    labels = [column.label for column in bulletin.columns]
    return [row[labels.index(label)] for row in bulletin.rows]


def test_rows_are_those_of_the_board(plan, villages):
    board = open_board(plan, villages)
    bulletin = bulletin_of(board, now=NOW)

    assert column_of(bulletin, "单位") == [row.federation.name for row in board.rows]
    assert column_of(bulletin, "名次") == [1, 1, 3]
    assert column_of(bulletin, "完成\n人数") == [5, 6, 1]
    assert column_of(bulletin, "完成率") == [500, 500, 100]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("view", ["own", "subtree"])
def test_figures_read_as_on_the_screen(plan, villages, sort, view):
    board = open_board(plan, villages, sort=sort, view=view)
    bulletin = bulletin_of(board, now=NOW)
    name = str(SORTS[sort].label)
    place = [column.label.replace("\n", "") for column in bulletin.columns].index(name)
    kind = bulletin.columns[place].kind

    shown = [cell_text(kind, row[place]) for row in bulletin.rows]
    assert shown == [board.sort.text(row.tenths) for row in board.rows]


def test_total_is_the_place_itself_and_the_lead_says_it(plan, villages):
    bulletin = bulletin_of(open_board(plan, villages), now=NOW)

    assert bulletin.total[:4] == [None, "松口镇（全域）", 32, 12]
    assert bulletin.lead[0].startswith("松口镇（全域）应参执委 32 人；完成 12 人，完成率 37.5%；")
    assert bulletin.lead[1] == (
        "参加排名的单位 3 个，完成率最高的是大黄村（50%）、小黄村（50%）、老黄村（10%）。"
        "2 个单位不低于松口镇的 37.5%，1 个低于。"
    )


def test_small_and_empty_units_are_told_apart(tree, plan):
    fill(tree.village, plan, size=9, finished=9)
    rebuild(plan)
    bulletin = bulletin_of(open_board(plan, tree.town), now=NOW)

    assert (len(bulletin.rows), [row[1] for row in bulletin.small_rows]) == (0, ["大黄村"])
    assert bulletin.notes[-1] == "另有 1 个单位还没有应参人员，没有列出。"


def test_same_level_names_where_each_unit_lies(plan, villages, tree):
    bulletin = bulletin_of(open_board(plan, tree.province, level=5), now=NOW)

    assert column_of(bulletin, "所在") == ["梅州市梅县区松口镇"] * 3


def test_comparison_with_the_plan_before(plan, villages, tree):
    before = Plan.objects.create(
        title="上一期", federation=tree.province, opens_at=NOW - timedelta(days=99)
    )
    Standing.objects.create(
        plan=before, federation=tree.village, subtree_due=10, subtree_completed=3, updated_at=NOW
    )
    Standing.objects.create(
        plan=before, federation=tree.town, subtree_due=10, subtree_completed=4, updated_at=NOW
    )
    Plan.objects.filter(pk=plan.pk).update(previous=before)
    bulletin = bulletin_of(open_board(plan, villages), now=NOW)

    assert column_of(bulletin, "比上期\n(百分点)") == [200, None, None]
    assert bulletin.lead[1] == "与上期“上一期”相比，完成率下降 2.5 个百分点（上期 40%）。"


def test_frozen_board_says_so(plan, villages):
    Plan.objects.filter(pk=plan.pk).update(cutoff_at=NOW)
    assert (
        "正在汇总" in bulletin_of(open_board(plan, villages), now=NOW + timedelta(minutes=1)).as_of
    )
    freeze_due_plans(now=NOW + timedelta(minutes=5))

    assert bulletin_of(open_board(plan, villages), now=NOW).as_of.startswith("已冻结 · 数据截至")


def test_making_a_bulletin_takes_as_many_queries_for_30_units(
    tree, plan, django_assert_num_queries
):
    def count():
        rebuild(plan)
        board = open_board(plan, tree.town)
        with django_assert_num_queries(2):
            return len(bulletin_of(board, now=NOW).small_rows)

    fill(tree.village, plan, size=1, finished=1)
    assert count() == 1
    for number in range(29):
        village = make_village(tree.town, f"新{number}村", f"4414031011{number:02}")
        make_committee_member(village)
    assert count() == 30


@pytest.fixture
def manager(tree):
    return make_staff(tree.county)


def ask(client, member, at_plan, place, **fields):
    client.force_login(member)
    fields = {"plan": at_plan.pk, "federation": place.pk, "format": "xlsx"} | fields
    return client.post(reverse("desk_board_export"), fields)


def test_staff_get_the_board_as_a_workbook(client, plan, villages, manager):
    response = ask(client, manager, plan, villages)
    run_waiting_jobs(handlers=HANDLERS)
    job = Job.objects.get()

    assert response.url == reverse("desk_job", args=[job.pk])
    assert (job.state, job.message, job.result["lines"]) == (JobState.DONE, "", [["单位", "3"]])
    assert job.title == "排行：年度学习任务 · 松口镇"
    with job.output.open("rb") as file:
        sheet = load_workbook(file).worksheets[0]
    assert [cell.value for cell in sheet["B"]][4:] == [
        "松口镇（全域）",
        "大黄村",
        "小黄村",
        "老黄村",
    ]
    job.output.delete()


def test_staff_get_the_board_as_a_bulletin_on_paper(client, plan, villages, manager):
    ask(client, manager, plan, villages, format="pdf")
    run_waiting_jobs(handlers=HANDLERS)
    job = Job.objects.get()

    assert (job.state, job.message) == (JobState.DONE, "")
    with job.output.open("rb") as file:
        data = file.read()
    job.output.delete()
    assert data.startswith(b"%PDF")
    # Rank, unit, due, completed, rate: each row as the screen has it.
    rows = [line[:5] for line in read_lines(data) if len(line) > 5 and line[0].isdigit()]
    assert rows == [
        ["1", "大黄村", "10", "5", "50%"],
        ["1", "小黄村", "12", "6", "50%"],
        ["3", "老黄村", "10", "1", "10%"],
    ]


def test_places_outside_her_scope_are_exported_as_she_sees_their_boards(
    client, plan, tree, manager
):
    assert ask(client, manager, plan, tree.other_city).status_code == 302


@pytest.mark.parametrize("role", [StaffRoleType.MANAGER, StaffRoleType.VIEWER])
def test_managers_and_viewers_may_export(client, plan, tree, role):
    assert ask(client, make_staff(tree.village, role), plan, tree.town).status_code == 302


def test_members_and_editors_may_not(client, plan, tree):
    for member in (
        make_committee_member(tree.village),
        make_staff(tree.county, StaffRoleType.EDITOR),
    ):
        assert ask(client, member, plan, tree.town).status_code == 403
    assert Job.objects.count() == 0


def test_plans_of_other_branches_do_not_exist(client, tree, manager):
    other = Plan.objects.create(
        title="别处", federation=tree.other_city, opens_at=timezone.now() - timedelta(days=1)
    )

    assert ask(client, manager, other, tree.other_county).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"format": "exe"},
        {"plan": "x"},
        {"federation": "x"},
        {"federation": "99999999"},
        {"plan": "0"},
    ],
)
def test_nonsense_is_not_found(client, plan, tree, manager, fields):
    assert ask(client, manager, plan, tree.town, **fields).status_code == 404


def test_job_asks_again_what_she_may_see(client, plan, villages, manager):
    ask(client, manager, plan, villages)
    manager.staff_roles.all().delete()
    run_waiting_jobs(handlers=HANDLERS)

    assert Job.objects.get().state == JobState.FAILED
    assert Job.objects.get().message == "这个排行不在您能看的范围内，或已经删除了。"


def test_it_is_asked_for_by_post_and_signed_in(client, plan, tree):
    assert client.get(reverse("desk_board_export")).status_code == 405
    assert client.post(reverse("desk_board_export")).status_code == 302
    client.force_login(make_member())
    assert client.post(reverse("desk_board_export")).status_code == 403
