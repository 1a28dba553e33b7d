"""Numbers that Word draws itself."""

import docx
import pytest

from cms.word.numerals import write_number
from cms.word.reading import read_word
from tests.cms.word.documents import change, make, save

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def texts(path) -> list[str]:
    return [block.value for block in read_word(path, "a.docx").blocks]


def numbered(tmp_path, lines, *, levels: list[tuple[str, str]]):
    """`lines` are (depth or None, text); `levels` are (format, pattern) of one list."""
    document = docx.Document()
    for depth, text in lines:
        paragraph = document.add_paragraph(text)
        if depth is not None:
            place = paragraph._p.get_or_add_pPr()._add_numPr()
            place._add_ilvl().val = depth
            place._add_numId().val = 77
    made = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(levels)
    )

    def replace(parts: dict[str, bytes]) -> None:
        parts["word/numbering.xml"] = (
            f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="9">{made}</w:abstractNum>'
            '<w:num w:numId="77"><w:abstractNumId w:val="9"/></w:num></w:numbering>'
        ).encode()

    return change(save(document, tmp_path), replace)


def test_plain_list_stays_a_list(tmp_path):
    path = make(tmp_path, "要点：", ("List Number", "先"), ("List Number", "后"))

    assert texts(path) == ["<p>要点：</p><ol><li>先</li><li>后</li></ol>"]


def test_bullets_stay_bullets(tmp_path):
    path = make(tmp_path, "要点：", ("List Bullet", "先"), "中间。", ("List Bullet", "后"))

    assert texts(path) == ["<p>要点：</p><ul><li>先</li></ul><p>中间。</p><ul><li>后</li></ul>"]


def test_list_that_goes_on_keeps_its_numbers(tmp_path):
    path = make(tmp_path, "步骤：", ("List Number", "先"), "说明。", ("List Number", "后"))

    assert texts(path) == ["<p>步骤：</p><p>1. 先</p><p>说明。</p><p>2. 后</p>"]


def test_lists_in_lists(tmp_path):
    lines = [(None, "要点："), (0, "甲"), (1, "子一"), (1, "子二"), (0, "乙")]
    path = numbered(tmp_path, lines, levels=[("decimal", "%1."), ("decimal", "%2)")])

    assert texts(path) == [
        "<p>要点：</p><ol><li>甲<ol><li>子一</li><li>子二</li></ol></li><li>乙</li></ol>"
    ]


def test_chinese_numbers_are_typed_and_make_headings(tmp_path):
    levels = [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）")]
    lines = [(None, "开头。"), (0, "目的"), (1, "对象"), (None, "字。"), (0, "要求"), (1, "时间")]

    assert texts(numbered(tmp_path, lines, levels=levels)) == [
        "<p>开头。</p>",
        "一、目的",
        "（一）对象",
        "<p>字。</p>",
        "二、要求",
        "（一）时间",
    ]


def test_articles_keep_their_numbers(tmp_path):
    lines = [(None, "章程。"), (0, "本会的名称。"), (0, "本会的宗旨。")]
    path = numbered(tmp_path, lines, levels=[("chineseCounting", "第%1条")])

    assert texts(path) == ["<p>章程。</p><p>第一条 本会的名称。</p><p>第二条 本会的宗旨。</p>"]


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (11, "chineseCounting", "十一"),
        (20, "chineseCounting", "二十"),
        (99, "japaneseCounting", "九十九"),
        (100, "chineseCounting", "100"),
        (3, "upperLetter", "C"),
        (27, "lowerLetter", "27"),
        (4, "upperRoman", "IV"),
        (39, "lowerRoman", "xxxix"),
        (2, "decimalEnclosedCircle", "②"),
        (7, "decimal", "7"),
        (7, "unheardOf", "7"),
        (7, "none", ""),
    ],
)
def test_numerals(number, kind, written):
    assert write_number(number, kind) == written
