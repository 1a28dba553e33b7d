import docx
import pytest

from cms.word.package import UnreadableWord
from cms.word.reading import read_word
from tests.cms.word.documents import picture, save


def make_table(rows: int, columns: int, caption: str = ""):
    document = docx.Document()
    document.add_paragraph("安排如下。")
    if caption:
        document.add_paragraph(caption, style="Caption")
    table = document.add_table(rows, columns)
    for row in range(rows):
        for column in range(columns):
            table.cell(row, column).text = f"{row}{column}"
    return document, table


def read(document, tmp_path) -> list[tuple]:
    blocks = read_word(save(document, tmp_path), "a.docx").blocks
    return [(block.type, block.value) for block in blocks]


def table_value(data, *, caption="", merges=(), hidden=()) -> dict:
    return {
        "data": data,
        "table_caption": caption,
        "table_header_choice": "row",
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "mergeCells": [
            {"row": row, "col": column, "rowspan": down, "colspan": right}
            for row, column, down, right in merges
        ],
        "cell": [{"row": row, "col": column, "hidden": True} for row, column in hidden],
    }


def test_table_with_its_caption(tmp_path):
    document, _table = make_table(2, 2, "表1 值班安排")

    assert read(document, tmp_path) == [
        ("paragraph", "<p>安排如下。</p>"),
        ("table", table_value([["00", "01"], ["10", "11"]], caption="表1 值班安排")),
    ]


def test_caption_without_a_table_is_text(tmp_path):
    document = docx.Document()
    document.add_paragraph("安排如下。")
    document.add_paragraph("表1 值班安排", style="Caption")
    document.add_paragraph("后面没有表。")

    assert read(document, tmp_path) == [
        ("paragraph", "<p>安排如下。</p><p>表1 值班安排</p><p>后面没有表。</p>"),
    ]


def test_merged_cells(tmp_path):
    document, table = make_table(3, 3)
    for above, below in [((1, 0), (2, 0)), ((1, 1), (2, 2))]:
        for row, column in [below]:
            table.cell(row, column).text = ""
        table.cell(*above).merge(table.cell(*below))
    table.cell(1, 1).text = "合并"

    assert read(document, tmp_path)[1] == (
        "table",
        table_value(
            [["00", "01", "02"], ["10", "合并", ""], ["", "", ""]],
            merges=[(1, 0, 2, 1), (1, 1, 2, 2)],
            hidden=[(2, 0), (1, 2), (2, 1), (2, 2)],
        ),
    )


def test_header_that_reaches_down_is_said_again(tmp_path):
    document, table = make_table(3, 2)
    table.cell(1, 0).text = ""
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 0).text = "姓名"

    assert read(document, tmp_path)[1] == (
        "table",
        table_value([["姓名", "01"], ["姓名", "11"], ["20", "21"]]),
    )


def test_lines_of_a_cell_stay_lines(tmp_path):
    document, table = make_table(2, 2)
    table.cell(1, 1).text = "上午"
    table.cell(1, 1).add_paragraph("下午")

    assert read(document, tmp_path)[1][1]["data"] == [["00", "01"], ["10", "上午\n下午"]]


@pytest.mark.parametrize("size", [(1, 1), (1, 2), (2, 1)])
def test_frame_around_text_is_no_table(tmp_path, size):
    document, _table = make_table(*size)

    assert [kind for kind, _value in read(document, tmp_path)] == ["paragraph"]


def test_pictures_of_cells_stand_behind_the_table(tmp_path):
    document, table = make_table(2, 2)
    table.cell(1, 1).paragraphs[0].add_run().add_picture(picture())

    word = read_word(save(document, tmp_path), "a.docx")

    assert [block.type for block in word.blocks] == ["paragraph", "table", "picture"]
    assert word.losses.sentences() == ["1 张图原来在表格里，放在了表格后面。"]


def test_table_in_a_cell_is_lines(tmp_path):
    document, table = make_table(2, 2)
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "里一", "里二"

    assert read(document, tmp_path)[1][1]["data"] == [["00", "01"], ["10", "11\n里一\n里二"]]


def test_table_that_no_phone_could_show_is_refused(tmp_path):
    document = docx.Document()
    document.add_table(2, 61)

    with pytest.raises(UnreadableWord, match="很大的表"):
        read(document, tmp_path)
