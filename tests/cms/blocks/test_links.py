import pytest
from django.test import RequestFactory
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.links import ONE_TARGET, LinkCardBlock
from cms.models import ArticlePage
from courses.models import CourseIndexPage
from members.models import Member
from tests.cms.blocks.bodies import make_document
from tests.cms.blocks.rendering import render
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member
from tests.pages import make_course, make_quiz_page

pytestmark = pytest.mark.django_db
CARD = {"title": "政务网", "description": "网上办事。", "url": "https://gd.gov.cn/a", "page": None}


def clean(**changes):
    block = LinkCardBlock()
    return block.clean(block.to_python(CARD | changes))


def errors(**changes) -> dict[str, list[str]]:
    with pytest.raises(StructBlockValidationError) as caught:
        clean(**changes)
    return {name: error.messages for name, error in caught.value.block_errors.items()}


def test_link_card_says_where_it_leads():
    assert render("link_card", CARD) == (
        '<a class="card item plain" href="https://gd.gov.cn/a" rel="noopener"> <span> '
        '<b>政务网</b> <span class="about">网上办事。</span> <span class="about">去 gd.gov.cn'
        '</span> </span> <svg class="ic" aria-hidden="true" focusable="false">'
        '<use href="/static/icons.svg#i-chevron-right" '
        'xlink:href="/static/icons.svg#i-chevron-right"></use></svg> </a>'
    )


def test_card_of_an_own_page_leads_there(column):
    html = render("link_card", CARD | {"url": "", "page": column.pk})

    assert html.startswith('<a class="card item plain" href="/columns/law/"> <span> <b>政务网</b>')
    assert "去 " not in html


def test_card_of_a_page_that_is_not_live_is_not_shown(column):
    column.unpublish()

    assert render("link_card", CARD | {"url": "", "page": column.pk}) == ""


@pytest.mark.parametrize("url", ["http://gd.gov.cn/", "javascript:alert(1)", "//x"])
def test_other_addresses_are_refused(url):
    assert list(errors(url=url)) == ["url"]


def test_https_is_added_to_a_bare_address():
    assert clean(url="gd.gov.cn")["url"] == "https://gd.gov.cn"


def test_plain_http_is_told_what_to_write():
    assert errors(url="http://gd.gov.cn/") == {"url": ["请填完整的网址，以 https:// 开头。"]}


def test_card_has_one_target(column):
    assert errors(page=column.pk) == {"url": [ONE_TARGET]}
    assert errors(url="") == {"url": [ONE_TARGET]}


def test_download_says_type_and_size():
    document = make_document("申请书", "form.docx", b"x" * 2048)

    assert render("download", {"document": document.pk, "title": ""}) == (
        f'<a class="card item badged" href="{document.url}" download> '
        '<span class="badge c-leaf"><svg class="ic" aria-hidden="true" focusable="false">'
        '<use href="/static/icons.svg#i-down" xlink:href="/static/icons.svg#i-down"></use></svg>'
        ' </span> <span> <b>申请书</b> <span class="tags"><span class="tag">DOCX</span>'
        "<span>2.0 KB</span></span> </span> </a>"
    )


def test_file_that_was_deleted_leaves_nothing():
    document = make_document()
    raw = {"document": document.pk, "title": "样本"}
    document.delete()

    assert render("download", raw) == ""


def make_article(column, *quizzes) -> ArticlePage:
    body = [{"type": "quiz", "value": {"page": quiz.pk}} for quiz in quizzes]
    page = ArticlePage(title="读完就做", slug=f"quizzes-{len(quizzes)}", body=body)
    return column.add_child(instance=page)


def read(client, page, reader: Member | None) -> str:
    if reader:
        client.force_login(reader)
    return client.get(page.url).content.decode()


def test_quiz_of_the_academy_is_a_card_for_members(client, academy, column, tree):
    quiz = make_quiz_page(academy, title="保护令小测")

    html = read(client, make_article(column, quiz), make_committee_member(tree.village))

    assert html.count(f'<a class="item badged" href="{quiz.url}">') == 1


@pytest.mark.parametrize("reader", [lambda: None, make_member], ids=["visitor", "no appointment"])
def test_others_see_nothing_of_a_quiz_of_the_academy(client, academy, column, reader):
    quiz = make_quiz_page(academy, title="保护令小测")

    html = read(client, make_article(column, quiz), reader())

    assert "保护令小测" not in html
    assert quiz.url not in html


def test_quiz_of_a_public_course_is_a_card_for_everybody(client, home, column):
    courses = home.add_child(instance=CourseIndexPage(title="公开课", slug="courses"))
    quiz = make_quiz_page(make_course(courses), title="公开小测")

    assert "公开小测" in read(client, make_article(column, quiz), None)


def test_quiz_that_is_not_live_is_not_shown(client, academy, column, tree):
    quiz = make_quiz_page(academy, title="还没开")
    article = make_article(column, quiz)
    quiz.unpublish()

    assert "还没开" not in read(client, article, make_committee_member(tree.village))


def test_queries_do_not_grow_with_quizzes(client, academy, column, tree):
    client.force_login(make_committee_member(tree.village))
    one = make_article(column, make_quiz_page(academy))
    many = make_article(column, *[make_quiz_page(academy) for _ in range(30)])

    assert count_queries(client, one.url) == count_queries(client, many.url)


def test_quiz_block_alone_reads_its_card(academy, tree):
    quiz = make_quiz_page(academy, title="单独一张")
    request = RequestFactory().get("/")
    request.user = make_committee_member(tree.village)

    assert "单独一张" in render("quiz", {"page": quiz.pk}, {"request": request})
