"""What is printed: every character, nothing cut off, the same bytes each time."""

import base64
import re
import zlib
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from learning.certificates.layout import lay_out
from learning.certificates.paper import CertificatePaper, StatementPaper
from learning.certificates.printing import Printer
from learning.certificates.shapes import Code, Polygon, Text
from learning.certificates.statement import BOTTOM, lay_out_statement
from learning.certificates.wrapping import NOT_FIRST, wrap

PRINTER = Printer()
PAPER = CertificatePaper(
    heading="结业证书",
    name="陈桂英",
    unit="湛江市遂溪县塘㙍镇輋𣒍村妇联",
    text="在“家庭教育促进法”学习中完成全部必修内容，考核合格，特发此证。",
    issuer="广东省妇女联合会",
    date_text="2026年11月22日",
    number="2026-7K3M-Q9XT-H",
    verify_url="https://xuetang.example.cn/verify/2026-7K3M-Q9XT-H/",
)
LONG = replace(
    PAPER,
    name="阿依古丽·麦麦提吐尔逊·阿卜杜热合曼·努尔买买提江·买买提依明·阿布都克里木",
    unit=PAPER.unit * 5,
    text=PAPER.text * 9,
    issuer=PAPER.issuer * 6,
)


def texts(page) -> list[Text]:
    return [shape for shape in page.shapes if isinstance(shape, Text)]


def contours(font, character: str) -> int:
    return font["glyf"][font.getBestCmap()[ord(character)]].numberOfContours


def test_rare_characters_have_glyphs_in_the_font_of_the_paper():
    font = TTFont(BytesIO(PRINTER.cutter.cut("塘㙍镇輋𣒍村")))

    assert PRINTER.cutter.find_missing("塘㙍镇輋𣒍村") == []
    assert all(contours(font, each) >= 2 for each in "㙍輋𣒍")


def test_fonts_have_every_character_of_guangdongs_divisions():
    path = Path("federations/data/guangdong_divisions.csv")
    names = path.read_text(encoding="utf-8")

    assert PRINTER.cutter.find_missing(names) == []


def test_character_that_no_font_has_is_named_and_printed_as_a_mark():
    assert PRINTER.cutter.find_missing("陈𪚥英") == ["𪚥"]
    font = TTFont(BytesIO(PRINTER.cutter.cut("𪚥〓")))
    assert contours(font, "𪚥") == contours(font, "〓") == 2


@pytest.mark.parametrize("is_portrait", [False, True])
@pytest.mark.parametrize("paper", [PAPER, LONG], ids=["usual", "long"])
def test_nothing_is_cut_off(paper, is_portrait):
    page = lay_out(replace(paper, is_portrait=is_portrait), PRINTER.measure)

    for text in texts(page):
        width = PRINTER.measure(text.text) * text.size + text.spacing * text.size * len(text.text)
        left = text.x - {"left": 0, "center": width / 2, "right": width}[text.align]
        assert left >= 10
        assert left + width <= page.width - 10 + text.spacing * text.size
        assert text.size < text.y < page.height - 10
    shown = "".join(text.text for text in texts(page)).replace("\u3000", "")
    for part in (paper.name, paper.text, paper.unit, paper.number):
        assert part in shown


@pytest.mark.parametrize("is_portrait", [False, True])
def test_lines_do_not_lie_over_each_other(is_portrait):
    page = lay_out(replace(LONG, is_portrait=is_portrait), PRINTER.measure)
    code = next(shape for shape in page.shapes if isinstance(shape, Code))
    above = sorted((text for text in texts(page) if text.y < code.y), key=lambda text: text.y)

    for first, second in pairwise(above):
        assert second.y - first.y >= second.size * 0.9


def test_pdf_is_small_embeds_its_font_and_is_the_same_each_time():
    pdf = PRINTER.print_certificate(PAPER)

    assert pdf.startswith(b"%PDF")
    assert len(pdf) < 150_000
    assert b"/FontFile2" in pdf
    assert pdf == PRINTER.print_certificate(PAPER)
    assert pdf != PRINTER.print_certificate(replace(PAPER, name="陈秀英"))


def test_text_of_the_pdf_can_be_searched():
    pdf = PRINTER.print_certificate(PAPER)
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    plain = b"".join(zlib.decompress(x) if x[:1] == b"\x78" else x for x in streams)

    # The table from glyphs to Unicode, in UTF-16.
    for character in "陈㙍𣒍":
        assert f"<{character.encode('utf-16-be').hex()}>".encode() in plain.lower()


@pytest.mark.parametrize("paper", [PAPER, LONG, replace(PAPER, is_portrait=True)])
def test_picture_is_1080_wide_and_light(paper):
    picture = PRINTER.print_picture(paper)

    with Image.open(BytesIO(picture)) as image:
        assert image.width == 1080
    assert len(picture) < 200_000


def test_code_holds_the_address():
    first, second = (
        next(s for s in lay_out(p, PRINTER.measure).shapes if isinstance(s, Code))
        for p in (PAPER, replace(PAPER, verify_url=PAPER.verify_url + "x"))
    )

    assert len(first.rows) == len(first.rows[0]) >= 25
    assert first.rows != second.rows


def test_picture_of_a_background_replaces_the_ornament():
    file = BytesIO()
    Image.new("RGB", (297, 210), "#fff0f0").save(file, "JPEG")
    paper = replace(PAPER, background=base64.b64encode(file.getvalue()).decode())

    page = lay_out(paper, PRINTER.measure)
    assert not any(isinstance(shape, Polygon) for shape in page.shapes)
    assert PRINTER.print_certificate(paper).startswith(b"%PDF")
    assert PRINTER.print_picture(paper)[:3] == b"\xff\xd8\xff"


@settings(max_examples=60, deadline=None)
@given(st.text("妇女权益，。“”（）abc 12.5", max_size=120), st.integers(3, 30))
def test_wrapping_loses_nothing_and_fits(text, width):
    lines = wrap(text, width, PRINTER.measure)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert PRINTER.measure(line.strip()) <= width + 0.01 or len(line) <= 1


def test_line_does_not_begin_with_a_comma():
    lines = wrap("妇女权益保障，妇女权益保障。", 6, PRINTER.measure)

    assert all(line[0] not in NOT_FIRST for line in lines)


def statement(rows: int) -> StatementPaper:
    return StatementPaper(
        title="2026年度学时证明",
        facts=[("姓名", "陈桂英"), ("单位", PAPER.unit), ("职务", "执委")],
        columns=[("日期", 0.2, "left"), ("学习内容", 0.6, "left"), ("学时", 0.2, "right")],
        rows=[["2026-03-01", "妇女权益保障法怎么用" * (1 + n % 5), "0.25"] for n in range(rows)],
        totals=[("合计", "12.5 学时")],
        note="按学时规则第 3 版计算。",
        issuer="广东省妇女联合会",
        date_text="2026年11月22日",
    )


@pytest.mark.parametrize("rows", [0, 1, 25, 300])
def test_statement_keeps_within_its_pages(rows):
    pages = lay_out_statement(statement(rows), PRINTER.measure)

    written = [text for page in pages for text in texts(page)]
    assert sum(text.text == "0.25" for text in written) == rows
    assert all(text.y <= BOTTOM + 24 - 10 for text in written)
    assert sum(text.text == "学时" for text in written) >= min(len(pages), 1)
    assert PRINTER.print_statement(statement(rows)).startswith(b"%PDF")
