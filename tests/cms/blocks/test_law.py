import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.law import LawArticleBlock
from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage, KnowledgePage
from tests.cms.blocks.rendering import render

pytestmark = pytest.mark.django_db

RAW = {
    "law": "反家庭暴力法",
    "number": "第二十三条",
    "text": "第一款。\n第二款。",
    "effective_on": "2016-03-01",
}


def clean(**changes):
    block = LawArticleBlock()
    return block.clean(block.to_python(RAW | changes))


def test_law_article_is_shown_with_its_law_and_date():
    assert render("law_article", RAW) == (
        '<section class="law callout"> <h3>《反家庭暴力法》第二十三条</h3> '
        "<p>第一款。</p><p>第二款。</p> "
        '<p class="law-source"> <time datetime="2016-03-01">2016年3月1日</time>起施行 </p> '
        "</section>"
    )


def test_on_the_laws_own_page_its_name_and_date_are_not_said_again():
    law = KnowledgePage(title="反家庭暴力法")

    assert render("law_article", RAW, {"page": law}) == (
        '<section class="law"> <h3>第二十三条</h3> <p>第一款。</p><p>第二款。</p> </section>'
    )


@pytest.mark.parametrize(("live", "links"), [(True, 1), (False, 0)])
def test_full_text_is_linked_while_it_can_be_read(home, live, links):
    index = home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="kb"))
    category = KnowledgeCategory.objects.create(name="法律", slug="laws")
    law = KnowledgePage(title="反家庭暴力法", slug="jtbl", category=category, live=live)
    index.add_child(instance=law)

    html = render("law_article", RAW | {"law": "《反家暴法》", "page": law.pk})

    assert html.count('<a class="inline" href="/kb/jtbl/">看全文</a>') == links


@pytest.mark.parametrize("number", ["第二十三条", "第一千二百六十条", "第23条", "第十条之一"])
def test_article_number_is_taken(number):
    assert clean(number=number)["number"] == number


@pytest.mark.parametrize("number", ["23", "二十三条", "第二十三", "第二十三条第一款"])
def test_other_numbers_are_refused(number):
    with pytest.raises(StructBlockValidationError) as caught:
        clean(number=number)

    messages = caught.value.block_errors["number"].messages
    assert messages == ["请写成“第二十三条”或“第二十三条之一”。"]


def test_law_article_may_be_without_a_date():
    assert clean(effective_on=None)["effective_on"] is None
