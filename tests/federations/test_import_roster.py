"""The roster import from the workbook to the database."""

from datetime import date

import openpyxl
import pytest

from federations.domain.roster import import_roster
from federations.models import Appointment, AppointmentEvent, Federation, RosterChange
from members.models import Member
from tests.factories import make_appointment, make_member

HEADER = ["姓名", "手机号", "妇联编码或全称路径", "职务", "届次", "任期起", "任期止", "计入单位"]
VILLAGE, SIBLING = "441403101001", "441403101002"

pytestmark = pytest.mark.django_db


def row(name="陈秀英", phone="13800138000", place=VILLAGE, **cells):
    cells = {"position": "执委", "term": "第五届", "start": "2024-01-01"} | cells
    return [
        name,
        phone,
        place,
        cells["position"],
        cells["term"],
        cells["start"],
        cells.get("end"),
        cells.get("counted"),
    ]


@pytest.fixture
def write(tmp_path, tree):
    """Write rows below the header into a workbook and return its path."""

    def run(*rows, header=HEADER):
        workbook = openpyxl.Workbook()
        for cells in [header, *rows]:
            workbook.active.append(cells)
        workbook.save(tmp_path / "roster.xlsx")
        return tmp_path / "roster.xlsx"

    return run


@pytest.fixture
def apply(write):
    def run(*rows, **options):
        return import_roster(path=write(*rows), apply=True, **options)

    return run


@pytest.fixture
def reasons(write):
    """The problems of every row of a dry run, joined; empty where there is none."""

    def run(*rows):
        return ["".join(entry.problems) for entry in import_roster(path=write(*rows)).entries]

    return run


def test_dry_run_writes_nothing(write):
    result = import_roster(path=write(row()))

    assert (result.created, result.new_members, result.applied) == (1, 1, False)
    assert not Member.objects.exists()


def test_apply_makes_the_member_and_her_appointment(apply):
    apply(row(end="2029-01-01"))

    made = Appointment.objects.values_list(
        "member__name", "member__phone", "federation__code", "position", "term", "starts_on",
        "ends_on", "is_counted",
    ).get()  # fmt: skip
    assert made == (
        "陈秀英", "13800138000", VILLAGE, "执委", "第五届", date(2024, 1, 1),
        date(2029, 1, 1), True,
    )  # fmt: skip


def test_new_member_has_no_usable_password(apply):
    apply(row())

    assert not Member.objects.get().has_usable_password()


def test_phone_stays_when_a_later_row_of_hers_lacks_it(apply):
    past = {"position": "常委", "start": "2019-01-01", "end": "2023-12-31", "counted": "否"}
    apply(row(), row(phone=None, **past))

    assert [member.phone for member in Member.objects.all()] == ["13800138000"]


def test_apply_reports_the_federations_it_touched(apply, tree):
    result = apply(row())

    assert result.touched_federation_ids == {tree.village.pk}


def test_second_import_is_new_nowhere(apply):
    rows = [row(), row("李梅", "13800138001"), row("王无号", None)]
    apply(*rows)

    again = apply(*rows)

    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    assert again.touched_federation_ids == set()


def test_import_updates_the_end_of_a_known_term(apply):
    apply(row())

    result = apply(row(end="2025-06-30"))

    assert (result.created, result.updated) == (0, 1)
    assert Appointment.objects.get().ends_on == date(2025, 6, 30)


def test_empty_cells_leave_a_known_appointment_as_it_is(apply):
    apply(row(end="2029-01-01"))

    assert apply(row(term=None)).unchanged == 1


def test_known_member_gets_the_appointment(apply):
    member = make_member("陈秀英", phone="13800138000")

    result = apply(row())

    assert result.new_members == 0
    assert member.appointments.count() == 1


def test_member_without_phone_is_matched_by_name_and_federation(apply, tree):
    member = make_member("陈秀英", phone=None)
    make_appointment(member, tree.village, starts_on=date(2019, 1, 1), ends_on=date(2023, 12, 31))

    apply(row(phone=None, counted="否"))

    assert list(Member.objects.all()) == [member]
    assert member.appointments.count() == 2


def test_only_appointment_is_counted_when_left_open(apply):
    apply(row(), row(place=SIBLING, position="常委"), row("李梅", "13800138001"))

    counted = Appointment.objects.counted().values_list("member__name", flat=True)
    assert list(counted) == ["李梅"]


def test_counted_mark_moves_when_the_roster_says_so(apply):
    apply(row())

    apply(row(counted="否"), row(place=SIBLING, counted="是"))

    assert Appointment.objects.counted().get().federation.code == SIBLING


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (row(name=None), "缺少姓名"),
        (row(phone="1380013"), "手机号应为 11 位"),
        (row(place="999"), "没有这个区划代码"),
        (row(place="大王村"), "没有找到这个妇联"),
        (row(position="组长"), "职务应为以下之一：主席、副主席、兼职副主席、常委、执委、特邀代表"),
        (row(start="去年"), "“任期起”不是能识别的日期"),
        (row(start=None), "缺少任期起"),
        (row(end="2023-12-31"), "任期止早于任期起"),
        (row(counted="也许"), "请填“是”或“否”"),
        (row(term="第" * 21), "届次过长"),
    ],
)
def test_bad_row_is_explained(reasons, bad, words):
    [reason] = reasons(bad)

    assert words in reason


def test_every_problem_of_a_row_is_told(write):
    [entry] = import_roster(path=write(row(None, "1", "999", position="x", start="y"))).entries

    assert len(entry.problems) == 5


def test_shared_phone_with_two_names_is_a_problem_of_both_rows(reasons):
    assert reasons(row("陈秀英"), row("李梅")) == [
        "手机号与第 3 行相同，姓名却不同，请核对。",
        "手机号与第 2 行相同，姓名却不同，请核对。",
    ]


def test_phone_of_another_member_is_a_problem(reasons):
    make_member("李梅", phone="13800138000")

    assert reasons(row()) == ["这个手机号在系统中属于另一位姓名不同的人，请核对姓名和手机号。"]


def test_name_is_compared_without_its_spaces(reasons):
    make_member("陈 秀英", phone="13800138000")

    assert reasons(row()) == [""]


def test_repeated_row_is_a_problem_of_the_second(reasons):
    assert reasons(row(), row()) == ["", "与第 2 行重复，请删去一行。"]


def test_overlapping_terms_at_one_federation_are_a_problem(reasons):
    first = row(end="2025-01-01", counted="是")

    assert "任期与第 2 行重叠" in reasons(first, row(start="2024-06-01", counted="否"))[1]


def test_terms_at_two_federations_may_overlap(reasons):
    assert reasons(row(counted="是"), row(place=SIBLING, counted="否")) == ["", ""]


def test_overlap_with_the_database_is_a_problem(reasons, tree):
    make_appointment(make_member("陈秀英", phone="13800138000"), tree.village)

    assert "与系统中已有的任职重叠" in reasons(row(start="2025-01-01", counted="否"))[0]


def test_two_counted_rows_are_a_problem_of_both(reasons):
    found = reasons(row(counted="是"), row(place=SIBLING, counted="是"))

    assert ["每人只能有一个" in reason for reason in found] == [True, True]


@pytest.mark.parametrize("counted", [None, "是"])
def test_mark_of_a_past_appointment_gives_way(apply, tree, counted):
    member = make_member(phone="13800138000")
    past = make_appointment(member, tree.other_village, ends_on=date(2025, 12, 31))

    result = apply(row(start="2026-01-01", counted=counted))

    assert not result.bad
    assert member.appointments.get(is_counted=True).federation == tree.village
    event = AppointmentEvent.objects.get()
    assert (event.kind, event.changes) == ("counted", {"is_counted": [True, False]})
    noted = set(RosterChange.objects.values_list("federation", flat=True))
    assert noted == {past.federation_id, tree.village.pk}


def test_past_row_takes_no_mark(apply, tree):
    member = make_member(phone="13800138000")
    past = make_appointment(member, tree.other_village, ends_on=date(2025, 12, 31))

    apply(row(start="2019-01-01", end="2020-12-31"))

    assert member.appointments.get(is_counted=True) == past


def test_second_counted_appointment_beside_the_database_is_a_problem(reasons, tree):
    make_appointment(make_member("陈秀英", phone="13800138000"), tree.sibling_village)

    assert "系统中她已有计入单位" in reasons(row(counted="是"))[0]


def test_namesakes_without_phone_are_a_problem(reasons, tree):
    for _ in range(2):
        make_appointment(make_member("陈秀英"), tree.village)

    assert reasons(row(phone=None)) == ["该妇联有几位同名执委，请填写手机号加以区分。"]


def test_phone_for_a_member_who_had_none_is_not_made_a_second_person(reasons, tree):
    make_appointment(make_member("陈秀英", phone=None), tree.village)

    assert "已有一位没有手机号的同名执委" in reasons(row())[0]


def test_one_bad_row_keeps_all_out(apply):
    result = apply(row(), row("李梅", "1"))

    assert (result.applied, Member.objects.count()) == (False, 0)


def test_skip_bad_imports_the_sound_rows(apply):
    result = apply(row(), row("李梅", "1"), skip_bad=True)

    assert (result.applied, [member.name for member in Member.objects.all()]) == (True, ["陈秀英"])


def test_import_costs_the_same_queries_for_one_and_thirty_rows(write, django_assert_num_queries):
    one, thirty = ([row(f"陈{n}", 13_800_138_000 + n) for n in range(count)] for count in (1, 30))

    for rows in (one, thirty):
        path = write(*rows)
        Appointment.objects.all().delete()
        Member.objects.all().delete()
        with django_assert_num_queries(10):
            import_roster(path=path, apply=True)


def test_import_leaves_the_tree_alone(apply):
    before = list(Federation.objects.values_list("path", "name"))

    apply(row())

    assert list(Federation.objects.values_list("path", "name")) == before
