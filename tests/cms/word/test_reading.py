"""What a Word document becomes."""

import docx
import pytest

from cms.word.blocks import Block
from cms.word.reading import read_word
from tests.cms.word.documents import change, make, picture, put_into_body, save, set_alt

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(path, name="通知.docx"):
    return read_word(path, name)


def blocks(path) -> list[tuple]:
    return [(block.type, block.value) for block in read(path).blocks]


def test_headings_and_paragraphs(tmp_path):
    path = make(
        tmp_path,
        ("Title", "工作方案"),
        "　　开头一段。",
        ("Heading 1", "一、目的"),
        "为了姐妹们。",
        "",
        "第二段。",
        ("Heading 2", "（一）对象"),
        "全体执委。",
    )

    assert read(path).title == "工作方案"
    assert blocks(path) == [
        ("paragraph", "<p>开头一段。</p>"),
        ("heading", "一、目的"),
        ("paragraph", "<p>为了姐妹们。</p><p>第二段。</p>"),
        ("subheading", "（一）对象"),
        ("paragraph", "<p>全体执委。</p>"),
    ]


def test_levels_count_from_the_highest_there_is(tmp_path):
    path = make(tmp_path, ("Title", "题"), ("Heading 2", "甲"), ("Heading 4", "乙"))

    assert blocks(path) == [("heading", "甲"), ("subheading", "乙")]


def test_long_heading_is_bold_text(tmp_path):
    words = "很长的标题" * 13

    assert blocks(make(tmp_path, ("Title", "题"), ("Heading 1", words))) == [
        ("paragraph", f"<p><b>{words}</b></p>")
    ]


def test_parts_of_an_official_document_are_headings(tmp_path):
    path = make(
        tmp_path,
        "关于做好工作的通知",
        "各县妇联：",
        "一、提高认识，加强领导",
        "一是要重视。",
        "（一）明确分工",
        "二、报送时间：3 月 8 日前。",
    )

    assert read(path).title == "关于做好工作的通知"
    assert blocks(path) == [
        ("paragraph", "<p>各县妇联：</p>"),
        ("heading", "一、提高认识，加强领导"),
        ("paragraph", "<p>一是要重视。</p>"),
        ("subheading", "（一）明确分工"),
        ("paragraph", "<p>二、报送时间：3 月 8 日前。</p>"),
    ]


@pytest.mark.parametrize(
    ("lines", "of_properties", "title"),
    [
        ([("Heading 1", "题"), "字。"], "属性里的题", "题"),
        (["字。", ("Heading 1", "一")], "属性里的题", "属性里的题"),
        (["字。", ("Heading 1", "一")], "", "一"),
        (["短短的第一行", "字。"], "", "短短的第一行"),
        (["第一句话。", "字。"], "", "通知"),
    ],
    ids=["heading on top", "properties", "first heading", "first line", "name of the file"],
)
def test_title(tmp_path, lines, of_properties, title):
    document = docx.Document(make(tmp_path, *lines))
    document.core_properties.title = of_properties

    assert read(save(document, tmp_path)).title == title


def test_bold_and_links_stay_and_colours_go(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("打")
    paragraph.add_run("12338").bold = True
    coloured = paragraph.add_run("，<b>随时</b>")
    coloured.font.color.rgb = docx.shared.RGBColor(255, 0, 0)
    coloured.italic = True

    assert blocks(save(document, tmp_path)) == [
        ("paragraph", "<p>打<b>12338</b>，&lt;b&gt;随时&lt;/b&gt;</p>")
    ]


@pytest.mark.parametrize(
    ("address", "html"),
    [
        ("https://www.gd.gov.cn/", '<p><a href="https://www.gd.gov.cn/">点</a></p>'),
        ("javascript:alert(1)", "<p>点</p>"),
        ("file:///C:/a.doc", "<p>点</p>"),
    ],
)
def test_links(tmp_path, address, html):
    document = docx.Document()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    rel = document.part.relate_to(address, kind, is_external=True)
    path = put_into_body(
        save(document, tmp_path),
        f'<w:p><w:hyperlink r:id="{rel}"><w:r><w:t>点</w:t></w:r></w:hyperlink></w:p>',
    )

    assert blocks(path) == [("paragraph", html)]


def test_quotation_of_several_paragraphs(tmp_path):
    path = make(tmp_path, "字。", ("Quote", "一句。"), ("Quote", "又一句。"))

    assert blocks(path)[1:] == [("quotation", {"text": "一句。\n又一句。", "source": ""})]


def test_table_of_contents_is_left_out(tmp_path):
    document = docx.Document()
    document.styles.add_style("toc 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("一、目的\t3", style="toc 1")
    document.add_paragraph("字。")

    assert blocks(save(document, tmp_path)) == [("paragraph", "<p>字。</p>")]


def test_pictures_with_what_word_says_of_them(tmp_path):
    document = docx.Document()
    document.add_paragraph("看图。")
    document.add_picture(picture("red"))
    set_alt(document, "姐妹们在开会")
    document.add_paragraph("图1 议事会", style="Caption")
    document.add_picture(picture("blue"))
    set_alt(document, "C:\\图\\IMG_1.jpg")
    document.add_picture(picture("red"))

    document = read(save(document, tmp_path))

    assert document.blocks[1:] == [
        Block("picture", {"picture": 0, "alt_text": "姐妹们在开会", "caption": "图1 议事会"}),
        Block("picture", {"picture": 1, "alt_text": "", "caption": ""}),
        Block("picture", {"picture": 0, "alt_text": "", "caption": ""}),
    ]
    assert document.pictures == [picture("red").getvalue(), picture("blue").getvalue()]


def test_typed_caption_belongs_to_the_picture_above(tmp_path):
    document = docx.Document()
    document.add_picture(picture())
    document.add_paragraph("图 1：现场")
    document.add_paragraph("图 2 没有图。")

    assert blocks(save(document, tmp_path)) == [
        ("picture", {"picture": 0, "alt_text": "", "caption": "图 1：现场"}),
        ("paragraph", "<p>图 2 没有图。</p>"),
    ]


def test_signs_in_a_caption_without_a_table_stay_text(tmp_path):
    path = make(tmp_path, "字。", "表 1 甲<乙&丙", "字。")

    assert blocks(path) == [("paragraph", "<p>字。</p><p>表 1 甲&lt;乙&amp;丙</p><p>字。</p>")]


def test_footnotes_stand_at_the_end(tmp_path):
    def add_notes(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"].decode()
        mark = '<w:p><w:r><w:t>有据</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        parts["word/document.xml"] = body.replace("<w:sectPr", f"{mark}<w:sectPr", 1).encode()
        parts["word/footnotes.xml"] = (
            f'<w:footnotes {NS}><w:footnote w:id="2"><w:p><w:r><w:t>第二十三条。</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>"
        ).encode()
        rels = parts["word/_rels/document.xml.rels"].decode()
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        rel = f'<Relationship Id="rIdN" Type="{kind}" Target="footnotes.xml"/>'
        parts["word/_rels/document.xml.rels"] = rels.replace(
            "</Relationships>", f"{rel}</Relationships>"
        ).encode()

    path = change(make(tmp_path, "字。"), add_notes)

    assert blocks(path) == [
        ("paragraph", "<p>字。</p><p>有据[1]</p>"),
        ("subheading", "注释"),
        ("paragraph", "<ol><li>第二十三条。</li></ol>"),
    ]
