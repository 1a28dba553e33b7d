"""Rosters in batches come to what the whole would come to, also after a runner died."""

import csv

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from federations.domain.roster import (
    RosterFileError,
    RosterHasProblems,
    batches,
    check_draft,
    import_roster,
    lay_out,
    streaming,
    write_draft,
)
from federations.models import Appointment, RosterChange
from members.models import Member
from tests.factories import make_appointment, make_member
from tests.federations.test_import_roster import HEADER, SIBLING, VILLAGE, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """Two rows at once, and no file small enough to be written whole."""
    monkeypatch.setattr(batches, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(batches, "WHOLE_UP_TO_ROWS", 0)


@pytest.fixture
def write(tmp_path, tree):
    def run(*rows, name="roster.csv", encoding="utf-8", separator=",", header=HEADER):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=separator).writerows([header, *rows])
        return path

    return run


def quiet(done, total):
    pass


def check(path) -> tuple:
    """The tally of a check and the problems of its bad rows, by line."""
    with lay_out(path=path, report=quiet) as draft:
        tally = check_draft(draft, report=quiet)
        return tally, {row.line: "".join(row.problems) for row in draft.scratch.bad_rows()}


def apply(path, *, skip_bad=False, report=quiet):
    with lay_out(path=path, report=quiet) as draft:
        check_draft(draft, report=quiet)
        return write_draft(draft, skip_bad=skip_bad, report=report)


def everybody() -> list[tuple]:
    fields = ["member__name", "member__phone", "federation__code", "position", "term"]
    fields += ["starts_on", "ends_on", "is_counted"]
    return sorted(Appointment.objects.values_list(*fields), key=str)


ROWS = [
    row("陈秀英", "13800138000"),
    row("李梅", "13800138001"),
    row("王无号", None),
    row("黄芳", "13800138002", place=SIBLING),
    row("陈秀英", "13800138000", place=SIBLING, position="常委"),
    row("李梅", None, position="常委", start="2020-01-01", end="2023-12-31", counted="否"),
    row("王无号", None, position="常委", start="2019-01-01", end="2023-12-31", counted="否"),
]


def test_batches_write_what_one_import_writes(write, tmp_path):
    book = openpyxl.Workbook()
    for cells in [HEADER, *ROWS]:
        book.active.append(cells)
    book.save(tmp_path / "roster.xlsx")
    import_roster(path=tmp_path / "roster.xlsx", apply=True)
    whole = everybody()
    Appointment.objects.all().delete()
    Member.objects.all().delete()

    apply(write(*ROWS))

    assert everybody() == whole


@pytest.mark.parametrize(("people", "refreshed"), [(0, 0), (1, 1), (4, 2), (7, 3)])
def test_statistics_follow_while_the_tables_grow(write, people, refreshed):
    """After batches 1, 2 and 4, two persons each."""
    path = write(*(row(f"陈{n}", f"1380013{n:04}") for n in range(people)))
    with CaptureQueriesContext(connection) as captured:
        apply(path)
    analyzed = [each["sql"] for each in captured if each["sql"].startswith("ANALYZE")]

    assert sum("members_member" in sql for sql in analyzed) == refreshed


def test_runner_that_dies_on_its_way_leaves_whole_persons_and_the_next_completes(write):
    path = write(*ROWS)
    apply(path)
    uninterrupted = everybody()
    Appointment.objects.all().delete()
    Member.objects.all().delete()

    def die(done, total):
        if done >= 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply(path, report=die)
    half = Appointment.objects.count()
    tally = apply(path)

    assert 0 < half < len(ROWS)
    assert (tally.created, tally.unchanged) == (len(ROWS) - half, half)
    assert everybody() == uninterrupted


def test_second_import_is_new_nowhere(write):
    path = write(*ROWS)
    apply(path)
    RosterChange.objects.all().delete()
    tally = apply(path)

    assert (tally.changes, tally.unchanged, RosterChange.objects.count()) == (0, len(ROWS), 0)


def test_each_touched_federation_is_noted(write, tree):
    apply(write(row(), row("黄芳", "13800138002", place=SIBLING)))

    assert set(RosterChange.objects.values_list("federation_id", flat=True)) == {
        tree.village.pk,
        tree.sibling_village.pk,
    }


FAR = [row(f"陈{n}", 13_800_139_000 + n) for n in range(6)]


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        (row("李梅", place=SIBLING), "手机号与第 2 行相同，姓名却不同，请核对。"),
        (row(), "与第 2 行重复，请删去一行。"),
        (row(start="2025-01-01", counted="否"), "任期与第 2 行重叠"),
    ],
)
def test_rows_far_apart_are_seen_together(write, last, reason):
    _tally, problems = check(write(row(counted="是"), *FAR, last))

    assert reason in problems[9]


def test_phoneless_row_joins_who_is_there_in_the_file(write):
    tally, problems = check(write(row(), *FAR, row(phone=None, start="2019-01-01", counted="是")))

    assert "任期与第 2 行重叠" in problems[9]
    assert tally.new_members == len(FAR)


def test_phoneless_row_joins_her_account_whose_phone_stands_elsewhere_in_the_file(write, tree):
    member = make_member("陈秀英", phone="13800138000")
    make_appointment(member, tree.village, is_counted=False)
    rows = [row(place=SIBLING, counted="是"), *FAR]
    _tally, problems = check(write(*rows, row(phone=None, counted="是")))

    assert "每人只能有一个" in problems[9]


def test_phoneless_row_of_namesakes_is_a_problem(write):
    rows = [row(), *FAR, row(phone="13800138009"), row(phone=None, position="常委")]
    _tally, problems = check(write(*rows))

    assert problems == {10: "该妇联有几位同名执委，请填写手机号加以区分。"}


def test_one_bad_row_keeps_all_out(write):
    with pytest.raises(RosterHasProblems):
        apply(write(*FAR, row("李梅", "1")))

    assert not Member.objects.exists()


def test_skip_bad_imports_the_sound_rows(write):
    tally = apply(write(*FAR, row("李梅", "1")), skip_bad=True)

    assert (tally.created, tally.bad, Member.objects.count()) == (6, 1, 6)


def test_progress_ends_with_all_rows(write):
    seen = []
    apply(write(*FAR), report=lambda done, total: seen.append((done, total)))

    assert seen[-1] == (6, 6)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_is_read_as_offices_save_it(write, encoding, separator):
    tally, _problems = check(write(row(), encoding=encoding, separator=separator))

    assert tally.created == 1


def save_sheets(path, *sheets) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"名单{number}")
        for cells in rows:
            sheet.append(cells)
    book.save(path)


@pytest.mark.parametrize("streamed_from", [10**9, 0])
def test_all_sheets_with_the_header_are_read(tree, tmp_path, monkeypatch, streamed_from):
    monkeypatch.setattr(streaming, "STREAMED_FROM_BYTES", streamed_from)
    path = tmp_path / "roster.xlsx"
    save_sheets(path, [["说明"]], [HEADER, row()], [["花名册"], HEADER, row("李梅")])
    tally, problems = check(path)

    assert tally.rows == 2
    assert problems == {
        2: "手机号与第 名单3!3 行相同，姓名却不同，请核对。",
        "名单3!3": "手机号与第 2 行相同，姓名却不同，请核对。",
    }


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04", "甲,乙\n".encode()])
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".xls"])
def test_file_that_is_no_roster_is_explained(tree, tmp_path, content, ending):
    path = tmp_path / f"roster{ending}"
    path.write_bytes(content)

    with pytest.raises(RosterFileError):
        check(path)


def test_check_writes_nothing(write):
    tally, _problems = check(write(*ROWS))

    assert (tally.created, tally.new_members, Member.objects.count()) == (7, 4, 0)
    assert tally.rows == len(ROWS)


def test_finder_within_a_subtree_names_nothing_outside(write, tree):
    with lay_out(path=write(row(place="翠洲社区")), within=[tree.town.path], report=quiet) as draft:
        [bad] = draft.scratch.bad_rows()

    assert bad.problems == ["这个单位不在您的范围内，或者没有这个单位；请核对名称或区划代码。"]


def test_village_code_is_found_within_her_town(write, tree):
    with lay_out(path=write(row(place=VILLAGE)), within=[tree.town.path], report=quiet) as draft:
        assert list(draft.scratch.bad_rows()) == []
