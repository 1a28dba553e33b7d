import pytest
from django.core.exceptions import ValidationError

from cms.blocks.explaining import TableBlock
from tests.cms.blocks.rendering import render

HEADER = {"table_header_choice": "row", "first_row_is_table_header": True}
TABLE = HEADER | {"data": [["事项", "找谁"], ["赡养", None]], "table_caption": "遇事找谁"}


def test_questions_are_a_list_of_terms():
    raw = {"items": [{"question": "要钱吗？", "answer": "<p>不要。</p>"}]}

    assert render("questions", raw) == (
        '<dl class="questions"> <div> <dt><b aria-hidden="true">问</b>要钱吗？</dt> '
        '<dd><b aria-hidden="true">答</b><p>不要。</p></dd> </div> </dl>'
    )


def test_steps_are_an_ordered_list():
    raw = {"items": [{"title": "报警", "text": "<p>打 110</p>"}, {"title": "留证", "text": ""}]}

    assert render("steps", raw) == (
        '<ol class="how-to"> <li> <b>报警</b> <p>打 110</p> </li> <li> <b>留证</b> </li> </ol>'
    )


def test_table_has_its_caption_and_header():
    assert render("table", TABLE) == (
        '<div class="scroll-x" role="region" tabindex="0" aria-label="遇事找谁"> <table> '
        "<caption>遇事找谁</caption> "
        '<thead> <tr> <th scope="col" >事项</th> <th scope="col" >找谁</th> </tr> </thead> '
        "<tbody> <tr> <td >赡养</td> <td ></td> </tr> </tbody> </table> </div>"
    )


def test_table_may_have_a_header_at_the_side_too():
    html = render("table", TABLE | {"table_header_choice": "both", "first_col_is_header": True})

    assert '<tr> <th scope="row" >赡养</th> <td ></td> </tr>' in html


def test_merged_cells_span():
    merged = {
        "data": [["一", "二"], ["合", ""], ["", ""]],
        "mergeCells": [{"row": 1, "col": 0, "rowspan": 2, "colspan": 2}],
        "cell": [{"row": r, "col": c, "hidden": True} for r, c in [(1, 1), (2, 0), (2, 1)]],
    }

    html = render("table", TABLE | merged)

    assert '<tbody> <tr> <td rowspan="2" colspan="2">合</td> </tr> <tr> </tr> </tbody>' in html


def test_cells_are_text():
    assert "<td >&lt;script&gt;</td>" in render("table", TABLE | {"data": [["甲"], ["<script>"]]})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"table_caption": " "}, "请写表格标题：一句话说这张表是什么。"),
        (
            {"table_header_choice": "neither"},
            "请选“首行作为表头”：读屏软件靠表头告诉人每一格是什么。",
        ),
        (
            {"table_header_choice": "column"},
            "请选“首行作为表头”：读屏软件靠表头告诉人每一格是什么。",
        ),
        ({"data": [["", None], [" ", ""]]}, "表格是空的。请填写，或者删掉这一块。"),
    ],
)
def test_table_that_nobody_could_read_is_refused(changes, message):
    with pytest.raises(ValidationError) as caught:
        TableBlock().clean(TABLE | changes)

    assert caught.value.messages == [message]


def test_draft_may_lack_the_caption():
    block = TableBlock()
    block.defer_required_validation()

    assert block.clean(TABLE | {"table_caption": ""})["table_caption"] == ""
