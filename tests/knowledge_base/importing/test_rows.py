import json

import pytest

from knowledge_base.importing.rows import read_rows
from knowledge_base.importing.texts import Article, TextError

ROW = {
    "law": "某法",
    "file": "某法.md",
    "chapter": "第一章 总 则",
    "article": "第一条",
    "text": "甲。",
}


def lines(*rows):
    return "\n".join(json.dumps(ROW | row, ensure_ascii=False) for row in rows)


def test_rows_of_a_law_are_one_entry():
    second = {"chapter": "第一节 一般规定", "article": "第二条", "text": "乙。\n丙。"}
    ((file, entry),) = read_rows(lines({}, second))

    assert (file, entry.title, entry.is_partial) == ("某法.md", "某法", True)
    assert entry.articles == [Article("第一条", "甲。"), Article("第二条", "乙。\n丙。")]
    assert [block["value"] for block in entry.blocks[::2]] == ["第一章 总则", "第一节 一般规定"]


def test_laws_keep_the_order_of_the_rows():
    found = read_rows(lines({}, {"law": "乙法"}, {"article": "第二条"}))

    assert [(entry.title, len(entry.articles)) for _file, entry in found] == [
        ("某法", 2),
        ("乙法", 1),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{", 1, "这一行不是 JSON。"),
        ("[]", 1, "这一行要是一个 JSON 对象。"),
        (lines({"law": "", "text": 3}), 1, "缺少“law”“text”，或者不是文字。"),
        (lines({}, {"article": "二"}), 2, "“二”不是条号，要写成“第二十三条”。"),
        (lines({}, {}), 2, "“第一条”出现了两次，请核对原文。"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, message):
    with pytest.raises(TextError) as caught:
        read_rows(text)

    assert (caught.value.line, caught.value.message) == (line, message)
