import pytest

from cms.links.markup import Link, read_links


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ("<p>没有链接</p>", []),
        (
            '<p>见<a href="https://a.cn/?x=1&amp;y=2">省妇联<b>通知</b></a>。</p>',
            [Link("url", "https://a.cn/?x=1&y=2", "省妇联通知")],
        ),
        ('<a linktype="page" id="12">另一页</a>', [Link("page", "12", "另一页")]),
        ('<a linktype="document" id="3">表格</a>', [Link("document", "3", "表格")]),
        (
            '<embed embedtype="image" id="5" alt="合影" format="left"/>',
            [Link("image", "5", "合影")],
        ),
        ('<embed embedtype="media" url="https://v.cn/1"/>', [Link("url", "https://v.cn/1")]),
        ('<a id="anchor">没有地址</a><a href="#p3">同页</a>', [Link("url", "#p3", "同页")]),
        (
            '<a href="https://a.cn">没关<a href="https://b.cn">两个</a>',
            [
                Link("url", "https://a.cn", "没关"),
                Link("url", "https://b.cn", "两个"),
            ],
        ),
    ],
)
def test_links_of_rich_text(html, links):
    assert read_links(html) == links
