"""Bulletins as files: figures as on the screen, pages that anybody can read."""

import json
import re

import pytest
from openpyxl import load_workbook

from learning.bulletins.bulletin import Bulletin, Chart, Column, Kind, cell_text
from learning.bulletins.layout import BOTTOM, HEIGHT, MARGIN, WIDTH, lay_out_bulletin
from learning.bulletins.workbook import write_workbook
from learning.certificates.press import Press
from learning.certificates.printing import Printer
from learning.certificates.shapes import Box, Text

COLUMNS = [
    Column("名次", Kind.RANK, 0.85, 6),
    Column("单位", Kind.TEXT, 3, 24),
    Column("应参", Kind.COUNT),
    Column("完成率", Kind.RATE, 1.1),
    Column("平均分", Kind.TENTHS),
    Column("人均\n学时", Kind.HUNDREDTHS),
    Column("上期完成率", Kind.RATE, 0),
    Column("比上期\n(百分点)", Kind.RATE_CHANGE, 1.25),
]


def make_bulletin(size: int = 3, **changed) -> Bulletin:
    rows = [
        [n + 1, f"第{n + 1}镇", 26_842 - n, 1000 - n, 885, 1225, 960 - n, -5 if n % 2 else 32]
        for n in range(size)
    ]
    values = {
        "masthead": "学习情况通报",
        "issuer": "广东省妇联",
        "date_text": "2026年11月28日",
        "title": "关于“年度学习任务”完成情况的通报",
        "subtitle": "广东省（全域） · 下一级单位",
        "as_of": "已冻结 · 数据截至2026年11月28日 20:15，之后不再变动",
        "lead": ["广东省（全域）应参执委 402,113 人。"],
        "columns": COLUMNS,
        "rows": rows,
        "total": [None, "广东省（全域）", 402_113, 622, None, 1225, 590, 32],
        "definitions": [("应参", "统计时在任、计入本单位的执委人数。")],
    }
    return Bulletin(**values | changed)


@pytest.fixture(scope="module")
def printer():
    return Printer()


def texts(pages) -> list[list[str]]:
    return [[each.text for each in page.shapes if isinstance(each, Text)] for page in pages]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.COUNT, 402_113, "402,113"),
        (Kind.RATE, 456, "45.6%"),
        (Kind.RATE, 500, "50%"),
        (Kind.RATE, 5, "0.5%"),
        (Kind.TENTHS, 885, "88.5"),
        (Kind.HUNDREDTHS, 1205, "12.05"),
        (Kind.HUNDREDTHS, -25, "−0.25"),
        (Kind.RATE_CHANGE, 32, "+3.2"),
        (Kind.RATE_CHANGE, -5, "−0.5"),
        (Kind.RATE_CHANGE, 0, "0"),
        (Kind.RANK, None, "—"),
        (Kind.TEXT, "=1+1", "=1+1"),
    ],
)
def test_figures_read_as_on_the_screen(kind, value, text):
    assert cell_text(kind, value) == text


def test_bulletin_travels_as_json():
    bulletin = make_bulletin(chart=Chart("完成率", Kind.RATE, [["第1镇", 1000]]))

    travelled = Bulletin.from_json(json.loads(json.dumps(bulletin.to_json())))

    assert json.dumps(travelled.to_json()) == json.dumps(bulletin.to_json())
    assert travelled.columns == COLUMNS


def read_sheet(bulletin, tmp_path, sheet=0):
    path = tmp_path / "board.xlsx"
    write_workbook(bulletin, path)
    return load_workbook(path).worksheets[sheet]


def test_workbook_has_numbers_in_their_formats_below_a_header_that_stays(tmp_path):
    sheet = read_sheet(make_bulletin(2), tmp_path)

    assert sheet["A1"].value == "关于“年度学习任务”完成情况的通报"
    assert [cell.value for cell in sheet[4]] == [column.label for column in COLUMNS]
    assert [cell.value for cell in sheet[6]] == [1, "第1镇", 26_842, 1, 88.5, 12.25, 0.96, 3.2]
    assert [cell.number_format for cell in sheet[6]][2:5] == ["#,##0", "0.0%", "0.0"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C5", "$4:$4")


def test_workbook_shows_a_dash_where_there_is_no_figure(tmp_path):
    sheet = read_sheet(make_bulletin(1), tmp_path)

    assert (sheet["A5"].value, sheet["E5"].value) == ("—", "—")


def test_workbook_lists_small_units_apart(tmp_path):
    small = [[None, "小镇", 3, 1000, None, 0, None, None]]
    sheet = read_sheet(make_bulletin(1, small_title="不排名", small_rows=small), tmp_path)

    assert [cell.value for cell in sheet["B"]][5:] == ["第1镇", None, "小镇"]
    assert sheet["A7"].value == "不排名"


def test_workbook_takes_names_for_text_never_for_formulas(tmp_path):
    name = '=HYPERLINK("http://x","y")'
    sheet = read_sheet(make_bulletin(rows=[[1, name, 1, 1, 1, 1, 1, 1]]), tmp_path)

    assert (sheet["B6"].value, sheet["B6"].data_type, sheet["B6"].hyperlink) == (name, "s", None)


def test_workbook_explains_its_figures_on_a_sheet_of_their_own(tmp_path):
    sheet = read_sheet(make_bulletin(), tmp_path, sheet=1)

    assert (sheet.title, sheet["A1"].value) == ("指标说明", "应参")


@pytest.mark.parametrize("size", [0, 1, 31, 84, 122])
def test_every_page_has_the_head_of_the_table_and_its_number(printer, size):
    pages = texts(lay_out_bulletin(make_bulletin(size), printer.measure))

    for number, page in enumerate(pages, start=1):
        has_rows = any(re.fullmatch(r"第\d+镇", text) for text in page)
        assert ("单位" in page) or not has_rows
        assert f"第 {number} 页　共 {len(pages)} 页" in page
    listed = [text for page in pages for text in page if re.fullmatch(r"第\d+镇", text)]
    assert listed == [f"第{n + 1}镇" for n in range(size)]


def test_nothing_leaves_the_page(printer):
    long = "阳江高新技术产业开发区海陵岛经济开发试验区社区居委会"
    rows = [[n + 1, long, 402_113, 1000, 885, 1225, 960, -1000] for n in range(60)]
    bars = [(long, 1000)] * 10
    chart = Chart("完成率", Kind.RATE, bars, bars, 622, "全域", "前", "后")
    pages = lay_out_bulletin(make_bulletin(rows=rows, chart=chart), printer.measure)

    for page in pages:
        for each in page.shapes:
            if isinstance(each, Box):
                assert each.x >= MARGIN - 0.1
                assert each.x + each.width <= WIDTH - MARGIN + 0.1
            elif isinstance(each, Text):
                width = printer.measure(each.text) * each.size + each.spacing * each.size * 6
                left = each.x - {"left": 0, "center": width / 2, "right": width}[each.align]
                assert left >= MARGIN - 0.1
                assert left + width <= WIDTH - MARGIN + 3
                assert each.y <= (BOTTOM if each.y < HEIGHT - 20 else HEIGHT)


def test_cells_of_a_row_do_not_touch_each_other(printer):
    pages = lay_out_bulletin(make_bulletin(2), printer.measure)
    row = next(e for e in pages[0].shapes if isinstance(e, Text) and e.text == "402,113")

    # The column of people due has its share of the width, and no more.
    share = 170 * 1 / sum(column.weight for column in COLUMNS)
    assert printer.measure(row.text) * row.size <= share


def test_rare_characters_of_places_are_printed(printer):
    assert printer.cutter.find_missing("塘㙍镇輋𣒍村委会÷·“”％—−↑↓　") == []


def test_press_prints_a_bulletin_the_same_way_twice():
    chart = Chart(
        "完成率", Kind.RATE, [("塘㙍镇", 1000), ("輋𣒍村委会", 3)], mean=622, mean_label="全域"
    )
    bulletin = make_bulletin(122, chart=chart)
    with Press() as press:
        first, second = press.print_bulletin(bulletin), press.print_bulletin(bulletin)

    assert first.startswith(b"%PDF")
    assert first == second
    assert len(first) < 300_000
