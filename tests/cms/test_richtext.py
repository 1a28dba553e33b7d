"""What Word, WPS and WeChat leave in the clipboard, and what is kept of it."""

import pytest

from cms.richtext import clean_rich_text, tidy

FEATURES = ["h3", "bold", "ol", "ul", "link", "document-link"]

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal {mso-style-unhide:no; margin:0cm}</style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]-->
</head><body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'>\
<span style='font-size:16pt;font-family:仿宋'><span style='mso-spacerun:yes'></span>先听她\
<b style='mso-bidi-font-weight:normal'>\
<span lang=EN-US>说完</span></b></span><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><st1:place w:st="on">松口镇</st1:place>\
<a name="_Toc123"></a><a href="https://www.gd.gov.cn/" style='mso-x:y'>省政府</a></p>
<img src="data:image/png;base64,iVBORw0KGgo=" v:shapes="图片_x0020_1">
<!--EndFragment--></body></html>"""

WECHAT = (
    '<section style="margin:0" data-tools="135编辑器"><section><p style="color:red">'
    '<span leaf="">姐妹们</span><strong>注意</strong><br></p></section>'
    '<mp-common-profile data-id="x"></mp-common-profile>'
    '<svg onload="alert(1)"><animate/></svg></section>'
)


def clean(html: str) -> str:
    return " ".join(clean_rich_text(html, FEATURES).split())


def test_text_from_word_keeps_words_and_meaning():
    assert clean(WORD) == (
        '<p>先听她<b>说完</b></p> <p>松口镇<a href="https://www.gd.gov.cn/">省政府</a></p>'
    )


def test_text_from_wechat_keeps_words_and_meaning():
    assert clean(WECHAT) == "<p>姐妹们<strong>注意</strong><br/></p>"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>前<script>alert(1)</script>后</p>", "<p>前后</p>"),
        ('<p onclick="alert(1)">字</p>', "<p>字</p>"),
        ('<a href="javascript:alert(1)">点</a>', "点"),
        ('<a href=" java\nscript:alert(1)">点</a>', "点"),
        ('<a href="data:text/html,x">点</a>', "点"),
        ('<iframe src="https://x.cn"></iframe><p>字</p>', "<p>字</p>"),
        ('<embed embedtype="media" url="https://x.cn/v"/><p>字</p>', "<p>字</p>"),
        ("<style>p{}</style><p>字</p>", "<p>字</p>"),
        ("<svg><a xlink:href='javascript:alert(1)'>字</a></svg>", ""),
        ('<math><mtext></mtext><mglyph><style><img src=x onerror="alert(1)">', ""),
    ],
)
def test_nothing_runs(html, kept):
    assert clean(html) == kept


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="a1">看<a linktype="page" id="3">这一页</a></p>',
        '<p><a linktype="document" id="12">样本</a></p>',
        '<p><a href="tel:12338">12338</a>、<a href="mailto:a@b.cn">信箱</a></p>',
        "<h3>小标题</h3><ul><li>一</li><li>二<ol><li>三</li></ol></li></ul>",
        "<p>一行<br/>又一行</p>",
        "<p>a &lt; b &amp; c</p>",
        "没有标签的字",
    ],
)
def test_what_the_editor_makes_stays(html):
    assert clean_rich_text(html, FEATURES) == html


def test_tags_of_other_features_go_and_their_words_stay():
    assert (
        clean_rich_text("<h3>题</h3><p><b>粗</b><i>斜</i></p>", ["bold"]) == "题<p><b>粗</b>斜</p>"
    )


def test_anchors_are_not_taken_for_links():
    assert clean('<a linktype="image" id="3">图</a><a id="x" href="/a">页</a>') == (
        '图<a href="/a">页</a>'
    )


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('<p data-block-key="a">　　字。 </p>', '<p data-block-key="a">字。</p>'),
        ("<p>&nbsp;</p><p> <br/></p><p></p><p>字</p>", "<p>字</p>"),
        ("<ul><li> 一<br/></li></ul>", "<ul><li>一</li></ul>"),
        ("<p>两 个<br/>字</p>", "<p>两 个<br/>字</p>"),
    ],
)
def test_indents_and_empty_lines_go(html, kept):
    assert tidy(html) == kept


def test_a_flood_of_blanks_is_no_trouble():
    assert tidy("<p>" + " " * 200_000 + "字</p>").endswith("字</p>")
