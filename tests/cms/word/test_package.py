"""Files that no editor means, and files that somebody means ill with."""

import zipfile
from io import BytesIO

import docx
import pytest

from cms.word.package import MAX_ELEMENTS, UnreadableWord
from cms.word.reading import read_word
from federations.workbooks.guard import ENCRYPTED_STREAM, OLE_SIGNATURE
from tests.cms.word.documents import change, make, picture, put_into_body, save

SAVE_ANEW = "请用 Word 或 WPS 打开，点“文件—另存为”，类型选“Word 文档（*.docx）”，再来导入。"


def refusal(path, name="通知.docx") -> str:
    with pytest.raises(UnreadableWord) as caught:
        read_word(path, name)
    return str(caught.value)


def write(tmp_path, content: bytes):
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("通知.doc", "这是旧版 Word 或 WPS 格式（.doc）。"),
        ("通知.WPS", "这是旧版 Word 或 WPS 格式（.wps）。"),
        ("通知.docm", "文档里有宏，为了安全不收。"),
        ("通知.pdf", "这不是 Word 文档（.docx）。"),
        ("通知", "这不是 Word 文档（.docx）。"),
    ],
)
def test_other_kinds_are_told_how_to_save(tmp_path, name, message):
    assert refusal(make(tmp_path, "字。"), name) == message + SAVE_ANEW


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的，请重新选择。"),
        (OLE_SIGNATURE + bytes(512), "这是旧版 Word 格式，只是改了扩展名。" + SAVE_ANEW),
        (
            OLE_SIGNATURE + bytes(512) + ENCRYPTED_STREAM,
            "文档有密码保护。请在 Word 里点“文件—信息—保护文档”，去掉密码，保存后再来导入。",
        ),
        (b"PK\x03\x04 nothing", "文件已损坏，无法读取。" + SAVE_ANEW),
        (b"<html>", "文件已损坏，无法读取。" + SAVE_ANEW),
    ],
    ids=["empty", "old", "locked", "torn", "html"],
)
def test_what_is_no_document(tmp_path, content, message):
    assert refusal(write(tmp_path, content)) == message


def test_workbook_that_was_renamed(tmp_path):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")

    message = "文件的内容和它的扩展名不符。" + SAVE_ANEW
    assert refusal(write(tmp_path, file.getvalue())) == message


def test_macros_are_refused_whatever_the_name(tmp_path):
    path = change(make(tmp_path, "字。"), lambda parts: parts.update({"word/vbaProject.bin": b"x"}))

    assert refusal(path) == "文档里有宏，为了安全不收。" + SAVE_ANEW


def test_document_without_words_is_refused(tmp_path):
    message = "文档里没有文字，也没有图片，没有什么可以导入的。"

    assert refusal(make(tmp_path, "", "　　")) == message


def test_bomb_of_zeros_is_refused(tmp_path):
    path = change(
        make(tmp_path, "字。"),
        lambda parts: parts.update({"word/media/x.png": bytes(201 * 1024**2)}),
    )

    assert refusal(path) == "文件展开后太大，没有读取；请分成几个文件导入。"


def test_bomb_of_elements_is_refused(tmp_path):
    path = put_into_body(make(tmp_path, "字。"), "<w:p/>" * MAX_ELEMENTS)

    assert refusal(path) == "文件展开后太大，没有读取；请分成几个文件导入。"


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footnotes.xml"])
def test_document_type_is_refused(tmp_path, part):
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'

    path = change(make(tmp_path, "字。"), lambda parts: parts.update({part: laughs}))

    assert refusal(path) == "文件已损坏，无法读取。" + SAVE_ANEW


def test_deep_nesting_is_refused(tmp_path):
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000

    message = "文件展开后太大，没有读取；请分成几个文件导入。"
    assert refusal(put_into_body(make(tmp_path, "字。"), deep)) == message


def test_too_many_pictures_are_refused(tmp_path):
    document = docx.Document()
    for number in range(300):
        document.add_picture(picture(f"#{number:06x}", size=(4, 4)))

    assert refusal(save(document, tmp_path)) == (
        "文档里有 300 张图，一篇最多 100 张。请分成几篇，或把活动照片挑一挑再来导入。"
    )


A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def linked_picture(rel: str) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{WP}"><wp:docPr id="1" name="x"/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}">'
        f'<pic:blipFill><a:blip xmlns:r="{R}" r:link="{rel}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/passwd"])
def test_linked_pictures_are_not_fetched(tmp_path, address):
    document = docx.Document()
    document.add_paragraph("字。")
    rel = document.part.relate_to(address, f"{R}/image", is_external=True)

    word = read_word(put_into_body(save(document, tmp_path), linked_picture(rel)), "a.docx")

    assert ([block.type for block in word.blocks], word.pictures) == (["paragraph"], [])
    assert word.losses.sentences() == ["1 张图只是链接，不在文档里，没有下载。请在页面里补上。"]


def test_what_a_page_cannot_show_is_listed(tmp_path):
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    path = put_into_body(
        make(tmp_path, "字。"),
        f'<w:p><m:oMathPara xmlns:m="{math}"><m:oMath/></m:oMathPara></w:p>'
        f'<w:p><w:r><w:drawing><c:chart xmlns:c="{chart}"/></w:drawing></w:r></w:p>'
        '<w:p><w:ins w:id="1"><w:r><w:t>新加的。</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>删掉的。</w:delText></w:r></w:del></w:p>',
    )

    word = read_word(path, "a.docx")

    assert [block.value for block in word.blocks] == ["<p>字。</p><p>新加的。</p>"]
    assert word.losses.sentences() == [
        "1 个图表。请截图后补上，并用文字说明结论。",
        "1 个公式。请截图后补上。",
        "2 处修订，按“全部接受”处理，请核对。",
    ]


def test_text_boxes_are_read_and_listed_once(tmp_path):
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    box = "<w:txbxContent><w:p><w:r><w:t>框里的字。</w:t></w:r></w:p></w:txbxContent>"
    path = put_into_body(
        make(tmp_path, "开头。", "字。"),
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">'
        f'<w:drawing><wps:txbx xmlns:wps="{wps}">{box}</wps:txbx></w:drawing></mc:Choice>'
        '<mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )

    word = read_word(path, "a.docx")

    assert [block.value for block in word.blocks] == ["<p>开头。</p><p>字。</p><p>框里的字。</p>"]
    assert word.losses.sentences() == ["1 个文本框：里面的字放在了所在段落后面，请核对位置和内容。"]


def test_picture_whose_part_is_missing_is_one_that_cannot_be_read(tmp_path):
    document = docx.Document()
    document.add_paragraph("字。")
    document.add_picture(picture())
    path = change(
        save(document, tmp_path),
        lambda parts: [parts.pop(name) for name in list(parts) if "media/" in name],
    )

    word = read_word(path, "a.docx")

    assert word.pictures == [b""]
