"""What an article, and what a page of the academy, says of itself where it is shared."""

import io
import json
import re

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images import get_image_model

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from courses.models import CourseIndexPage
from tests.counting import count_queries
from tests.factories import make_committee_member
from tests.pages import make_course, make_lesson

META = re.compile(r'<meta (?:property|itemprop|name)="([\w:]+)" content="([^"]*)">')
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
BASE = "https://xuetang.example.org"
BODY = [("heading", "一"), ("paragraph", "<p>先看<b>安全</b>。再听她说。</p>")]


@pytest.fixture(autouse=True)
def address(settings):
    settings.WAGTAILADMIN_BASE_URL = BASE
    # Where the academy of another test was.
    cache.clear()


@pytest.fixture
def column(home) -> ColumnPage:
    index = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    return index.add_child(instance=ColumnPage(title="维权普法", slug="law"))


def add_article(column, **fields) -> ArticlePage:
    fields = {"title": "保护令", "slug": "order", "body": BODY} | fields
    return column.add_child(instance=ArticlePage(**fields))


def make_image():
    data = io.BytesIO()
    Picture.new("RGB", (800, 600), "#b81b56").save(data, "JPEG")
    return get_image_model().objects.create(
        title="封面", file=ImageFile(io.BytesIO(data.getvalue()), name="cover.jpg")
    )


def card(client, url) -> dict[str, str]:
    return dict(META.findall(client.get(url).content.decode()))


def facts(client, url) -> list[dict]:
    return [json.loads(each) for each in BLOCK.findall(client.get(url).content.decode())]


def test_card_of_an_article(client, column):
    article = add_article(column, summary="一两句话。")
    shown = card(client, f"{article.url}?from=timeline")

    assert {name: shown[name] for name in shown if name.startswith("og:")} == {
        "og:type": "article",
        "og:site_name": "执委学堂",
        "og:title": "保护令",
        "og:description": "一两句话。",
        "og:image": f"{BASE}/static/share.jpg",
        "og:url": f"{BASE}/columns/law/order/",
    }


@pytest.mark.parametrize("name", ["name", "description", "image"])
def test_wechat_reads_the_same(client, column, name):
    shown = card(client, add_article(column).url)
    other = {"name": "og:title"}.get(name, f"og:{name}")

    assert shown[name] == shown[other]


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({"search_description": "给搜索的", "summary": "摘要"}, "给搜索的"),
        ({"summary": "摘要"}, "摘要"),
        ({}, "先看安全。再听她说。"),
        ({"body": []}, "全省妇联执委一起学的地方"),
    ],
)
def test_description_is_the_best_there_is(client, column, fields, description):
    assert card(client, add_article(column, **fields).url)["description"] == description


def test_cover_is_cut_to_a_square_for_the_card(client, column):
    image = make_image()
    article = add_article(column, cover=image)
    rendition = image.get_rendition("fill-500x500|format-jpeg|jpegquality-75")

    assert (card(client, article.url)["og:image"], rendition.width, rendition.height) == (
        f"{BASE}{rendition.url}",
        500,
        500,
    )


def test_cover_whose_file_is_gone_does_no_harm(client, column):
    image = make_image()
    image.file.storage.delete(image.file.name)

    assert card(client, add_article(column, cover=image).url)["og:image"].endswith("/share.jpg")


def test_standard_picture_is_a_square_that_weighs_little(settings):
    path = settings.BASE_DIR / "static" / "share.jpg"
    with Picture.open(path) as picture:
        assert (picture.size, path.stat().st_size < 50_000) == ((500, 500), True)


def test_academy_says_nothing_of_its_pages(client, academy, tree):
    client.force_login(make_committee_member(tree.village))
    course = make_course(academy, title="内部课", summary="内部的话")
    shown = [card(client, page.url) for page in (course, make_lesson(course, title="内部微课"))]

    assert [(each["og:title"], each["og:description"]) for each in shown] == [
        ("执委学堂", "全省妇联执委一起学的地方")
    ] * 2


def test_visitors_get_facts_for_search_engines(client, column):
    shown = facts(client, add_article(column).url)
    places = [each["item"] for each in shown[1]["itemListElement"]]

    assert ([each["@type"] for each in shown], places) == (
        ["Article", "BreadcrumbList"],
        [f"{BASE}/", f"{BASE}/columns/", f"{BASE}/columns/law/", f"{BASE}/columns/law/order/"],
    )


def test_public_course_and_lesson_have_cards(client, home):
    public = home.add_child(instance=CourseIndexPage(title="公开课", slug="courses"))
    course = make_course(public, title="小课堂", summary="人人能看")
    lesson = make_lesson(course, title="两癌筛查", body="<p>早查早安心。</p>")

    assert [card(client, page.url)["og:description"] for page in (course, lesson)] == [
        "人人能看",
        "早查早安心。",
    ]


def test_title_ends_no_data_block(client, column):
    article = add_article(column, title="</script><script>alert(1)</script>")

    assert facts(client, article.url)[0]["name"] == article.title


def test_every_page_has_one_canonical_address(client, column):
    html = client.get(f"{column.url}?p=2&utm_source=x").content.decode()

    assert re.findall(r'<link rel="canonical" href="([^"]+)">', html) == [f"{BASE}{column.url}?p=2"]


def test_missing_page_has_none(client, home):
    assert b"canonical" not in client.get("/nothing-here/").content


def test_article_queries_do_not_grow(client, column):
    article = add_article(column)
    add_article(column, slug="b", title="另一篇")
    few = count_queries(client, article.url)
    for number in range(30):
        add_article(column, slug=f"n{number}", title=f"第{number}篇")

    assert count_queries(client, article.url) == few
