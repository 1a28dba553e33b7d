import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.law import LawArticleBlock
from tests.cms.blocks.rendering import render

RAW = {
    "law": "反家庭暴力法",
    "number": "第二十三条",
    "text": "第一款。\n\n第二款。",
    "effective_on": "2016-03-01",
}


def clean(**changes):
    block = LawArticleBlock()
    return block.clean(block.to_python(RAW | changes))


def test_law_article_is_shown_with_its_law_and_date():
    assert render("law_article", RAW) == (
        '<section class="law"> <h3> 《反家庭暴力法》第二十三条 </h3> '
        "<p>第一款。</p> <p>第二款。</p> "
        '<p class="law-source"> <time datetime="2016-03-01">2016年3月1日</time>起施行 </p> '
        "</section>"
    )


@pytest.mark.parametrize("number", ["第二十三条", "第一千二百六十条", "第23条", "第十条之一"])
def test_article_number_is_taken(number):
    assert clean(number=number)["number"] == number


@pytest.mark.parametrize("number", ["23", "二十三条", "第二十三", "第二十三条第一款"])
def test_other_numbers_are_refused(number):
    with pytest.raises(StructBlockValidationError) as caught:
        clean(number=number)

    messages = caught.value.block_errors["number"].messages
    assert messages == ["请写成“第二十三条”或“第二十三条之一”。"]


def test_law_article_needs_its_date():
    with pytest.raises(StructBlockValidationError) as caught:
        clean(effective_on=None)

    assert list(caught.value.block_errors) == ["effective_on"]
