"""A recording plays for whoever may open a page that shows it, and for nobody else."""

import pytest
from django.test import RequestFactory

from cms.models import ArticlePage
from courses.models import LessonAttachment
from knowledge_base.models import KnowledgeCategory, KnowledgeIndexPage, KnowledgePage
from tests.cms.blocks.bodies import make_document
from tests.cms.blocks.rendering import render
from tests.counting import count_queries
from tests.courses.media import make_media
from tests.factories import make_committee_member, make_member, make_staff
from tests.pages import make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def film():
    return make_media(b"f" * 2_000_000, title="保护令", captions="lessons/none.vtt")


def block(media, kind="video") -> dict:
    return {"type": kind, "value": {"recording": media.pk, "caption": "", "transcript": ""}}


def make_article(column, *medias, **fields) -> ArticlePage:
    body = [block(media) for media in medias]
    slug = f"films-{len(medias)}"
    return column.add_child(instance=ArticlePage(title="文章", slug=slug, body=body, **fields))


def status(client, media, part="video", who=None) -> int:
    if who:
        client.force_login(who)
    return client.get(f"/lessons/recordings/{media.pk}/{part}").status_code


def test_film_is_shown_with_length_size_and_subtitles(film):
    raw = block(film)["value"] | {"transcript": "<p>大家好。</p>"}
    request, address = RequestFactory().get("/"), f"/lessons/recordings/{film.pk}"

    assert render("video", raw, {"request": request}) == (
        '<figure class="recording" data-seconds="100"> <div class="player"> '
        "<video controls playsinline "
        'webkit-playsinline x5-playsinline preload="metadata" aria-label="保护令"> '
        f'<source src="{address}/video?v={film.version}" type="video/mp4"> '
        '<track kind="captions" srclang="zh-CN" label="中文字幕" '
        f'src="{address}/captions?v={film.version}" default> '
        f'<a href="{address}/video?v={film.version}">打开视频</a> </video> </div> '
        "<figcaption>保护令 · 1 分 40 秒 · 约 2.0 MB</figcaption> </figure> "
        '<details class="fold transcript"> <summary>'
        + icon("doc")
        + " 看文字稿"
        + icon("down")
        + " </summary> <p>大家好。</p> </details>"
    )


def icon(name: str) -> str:
    file = f"/static/icons.svg#i-{name}"
    return (
        '<svg class="ic" aria-hidden="true" focusable="false">'
        f'<use href="{file}" xlink:href="{file}"></use></svg>'
    )


def test_sound_is_shown_with_length_and_size():
    sound = make_media(b"s" * 1_000_000, type="audio", title="听一段")
    address = f"/lessons/recordings/{sound.pk}/audio?v={sound.version}"

    assert render("audio", block(sound)["value"], {"request": RequestFactory().get("/")}) == (
        '<figure class="recording" data-seconds="100"> <div class="player sound"> '
        '<audio controls preload="metadata" '
        f'aria-label="听一段"> <source src="{address}" type="audio/mp4"> '
        f'<a href="{address}">打开音频</a> </audio> </div> '
        "<figcaption>听一段 · 1 分 40 秒 · 约 1.0 MB</figcaption> </figure>"
    )


def test_who_saves_data_loads_nothing_before_play(film):
    request = RequestFactory().get("/", headers={"save-data": "on"})

    assert 'preload="none"' in render("video", block(film)["value"], {"request": request})


def test_film_that_is_still_made_says_so(film):
    film.video = ""
    film.save()

    assert render("video", block(film)["value"], {"request": RequestFactory().get("/")}) == (
        '<figure class="recording" data-seconds="100"> '
        '<p class="note">正在准备，过一会儿再来看。</p> '
        "<figcaption>保护令</figcaption> </figure>"
    )


def test_film_of_a_live_article_plays_for_visitors(client, column, film):
    make_article(column, film)

    assert status(client, film) == 200


def test_film_of_a_knowledge_entry_plays_for_visitors(client, home, film):
    index = home.add_child(instance=KnowledgeIndexPage(title="知识库", slug="kb"))
    category = KnowledgeCategory.objects.create(name="权益", slug="rights")
    entry = KnowledgePage(title="条目", slug="e", category=category, body=[block(film)])
    index.add_child(instance=entry)

    assert status(client, film) == 200


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (lambda tree: None, 404),
        (lambda tree: make_member(), 404),
        (lambda tree: make_committee_member(tree.village), 200),
        (lambda tree: make_staff(tree.village), 200),
    ],
    ids=["visitor", "no appointment", "member", "staff"],
)
def test_film_of_the_academy_alone(client, academy, tree, film, who, expected):
    make_lesson(academy, media=film)

    assert status(client, film, who=who(tree)) == expected


def test_film_of_an_article_and_the_academy_plays_for_visitors(client, academy, column, film):
    make_lesson(academy, media=film)
    make_article(column, film)

    assert status(client, film) == 200


def test_film_stops_with_the_article(client, column, film):
    make_article(column, film).unpublish()

    assert status(client, film) == 404


def test_film_that_was_taken_out_of_the_article_stops(client, column, film):
    article = make_article(column, film)
    article.body = []
    article.save_revision().publish()

    assert status(client, film) == 404


def test_film_of_a_draft_is_for_staff(client, column, tree, film):
    make_article(column, film, live=False)

    assert status(client, film) == 404
    assert status(client, film, who=make_staff(tree.village)) == 200


def test_film_that_nobody_shows_is_for_staff(client, film):
    assert status(client, film) == 404


@pytest.mark.parametrize("part", ["file", "original", "poster", "audio2"])
def test_other_parts_are_not_there(client, column, film, part):
    make_article(column, film)

    assert status(client, film, part) == 404


def test_asking_for_a_film_takes_few_queries(client, column, film, django_assert_max_num_queries):
    make_article(column, film)
    status(client, film)

    with django_assert_max_num_queries(5):
        status(client, film)


def test_queries_do_not_grow_with_films(client, column):
    one, many = make_article(column, make_media()), make_article(column, *[make_media()] * 30)

    assert count_queries(client, one.url) == count_queries(client, many.url)


def document_body(document) -> list[dict]:
    return [{"type": "download", "value": {"document": document.pk, "title": ""}}]


def test_file_of_a_lesson_opens_where_an_article_offers_it_too(client, academy, column):
    document = make_document()
    LessonAttachment.objects.create(lesson=make_lesson(academy), document=document)
    assert client.get(document.url).status_code == 404

    column.add_child(instance=ArticlePage(title="样本", slug="form", body=document_body(document)))

    assert client.get(document.url).status_code == 200
