"""The lesson page: what there is to play and to take home, and saving data."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model

from courses.models import CourseIndexPage, LessonAttachment, LessonCheck, LessonMedia
from courses.renditions import Rendition, choose, renditions_of
from learning.domain.progress import complete_page
from learning.models import Progress
from tests.columns import make_article, make_column
from tests.counting import count_queries
from tests.factories import make_committee_member, make_member
from tests.pages import make_lesson
from tests.quizzes.bank import make_bank, make_question

FORM = b"PK form"
FILM, SOUND = Rendition("video", 8_200_000, "v"), Rendition("audio", 1_400_000, "v")


@pytest.fixture
def member(client, tree):
    member = make_committee_member(tree.village)
    client.force_login(member)
    return member


@pytest.fixture
def media(db):
    """A film, and its sound alone."""
    return LessonMedia.objects.create(
        title="片",
        type="video",
        duration=200,
        file="lessons/a.mov",
        video="lessons/a.mp4",
        video_size=8_200_000,
        audio="lessons/a.m4a",
        audio_size=1_400_000,
    )


@pytest.fixture
def unmade(db):
    """A film that waits for its encoding."""
    return LessonMedia.objects.create(title="片", type="video", file="lessons/a.mov")


def test_film_comes_with_its_sound(media):
    assert [(each.kind, each.size) for each in renditions_of(media)] == [
        ("video", 8_200_000),
        ("audio", 1_400_000),
    ]


def test_media_that_is_being_made_plays_nothing(unmade):
    assert renditions_of(unmade) == []


@pytest.mark.parametrize(
    ("asked", "saves_data", "expected"),
    [("", False, FILM), ("", True, SOUND), ("audio", False, SOUND), ("video", True, FILM)],
)
def test_sound_comes_first_where_data_is_dear(asked, saves_data, expected):
    assert choose([FILM, SOUND], asked=asked, saves_data=saves_data) == expected


def test_page_shows_what_each_way_costs(client, member, academy, media):
    page = client.get(make_lesson(academy, media=media).url)

    assert [each["size_text"] for each in page.context["lesson"]["choices"]] == [
        "约 8.2 MB",
        "约 1.4 MB",
    ]
    assert "<video" in page.content.decode()


def test_listening_keeps_the_place(client, member, academy, media):
    page = client.get(make_lesson(academy, media=media).url + "?by=audio&t=42")

    assert (page.context["lesson"]["position"], page.context["lesson"]["kind"]) == (42, "audio")


def test_waiting_media_shows_a_note_and_no_player(client, member, academy, unmade):
    page = client.get(make_lesson(academy, media=unmade).url).content.decode()

    assert "还在准备" in page
    assert "data-media" not in page


def test_low_data_mode_loads_nothing_before_she_plays(client, member, academy, media):
    media.thumbnail = "media_thumbnails/a.png"
    media.save()
    url = make_lesson(academy, media=media).url
    ordinary = client.get(url).content.decode()
    client.post(reverse("courses:data_saving"), {"on": "1", "next": url})
    low = client.get(url).content.decode()

    assert ('preload="metadata"' in ordinary, "poster=" in ordinary) == (True, True)
    assert ('preload="none"' in low, "poster=" in low) == (True, False)


def test_browser_that_saves_data_need_not_be_asked(client, member, academy, media):
    page = client.get(make_lesson(academy, media=media).url, headers={"Save-Data": "on"})

    assert page.context["lesson"]["kind"] == "audio"


def test_her_own_choice_goes_before_the_browsers(client, member, academy, media):
    client.post(reverse("courses:data_saving"), {"on": "0"})
    page = client.get(make_lesson(academy, media=media).url, headers={"Save-Data": "on"})

    assert page.context["lesson"]["kind"] == "video"


def test_switch_leads_back_to_this_site_only(client, db):
    response = client.post(reverse("courses:data_saving"), {"on": "1", "next": "//evil.example/"})

    assert response.url == "/"


@pytest.fixture
def attach(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def make(lesson):
        document = get_document_model().objects.create(
            title="申请书", file=ContentFile(FORM, name="form.docx")
        )
        # As an upload does.
        document.get_file_size()
        return LessonAttachment.objects.create(
            lesson=lesson, document=document, title="保护令申请书"
        )

    return make


def url_of(attachment):
    return reverse("courses:attachment", args=[attachment.lesson_id, attachment.pk])


def test_attachment_is_sent_as_a_file(client, member, academy, attach):
    response = client.get(url_of(attach(make_lesson(academy, body="<p>字</p>"))))

    assert b"".join(response.streaming_content) == FORM
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_page_names_the_attachment_and_its_size(client, member, academy, attach):
    attachment = attach(lesson := make_lesson(academy, body="<p>字</p>"))
    page = client.get(lesson.url).content.decode()

    assert url_of(attachment) in page
    assert "DOCX" in page
    assert "/documents/" not in page


@pytest.mark.parametrize("who", ["nobody", "stranger"])
def test_attachment_of_the_academy_is_closed_to_others(client, academy, attach, who):
    attachment = attach(make_lesson(academy, body="<p>字</p>"))
    if who == "stranger":
        client.force_login(make_member())

    assert client.get(url_of(attachment)).status_code == 404
    assert client.get(attachment.document.url).status_code == 404


def link_to(document) -> str:
    return f'<p><a linktype="document" id="{document.pk}">申请书</a></p>'


@pytest.fixture
def document(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return get_document_model().objects.create(
        title="申请书", file=ContentFile(FORM, name="form.docx")
    )


def test_file_that_a_text_of_the_academy_links_to_is_closed_to_others(client, academy, document):
    make_lesson(academy, body=link_to(document))
    visitors = client.get(document.url).status_code
    client.force_login(make_member())

    assert (visitors, client.get(document.url).status_code) == (404, 404)


def test_file_of_an_article_goes_with_it(client, home, document):
    article = make_article(make_column(home), body=[("paragraph", link_to(document))])
    before = client.get(document.url).status_code
    article.unpublish()

    assert (before, client.get(document.url).status_code) == (200, 404)


def test_attachment_belongs_to_its_own_lesson(client, home, academy, attach):
    closed = attach(make_lesson(academy, body="<p>字</p>"))
    public = home.add_child(instance=CourseIndexPage(title="公开课", slug="courses"))
    open_lesson = make_lesson(public, body="<p>字</p>")
    url = reverse("courses:attachment", args=[open_lesson.pk, closed.pk])

    assert client.get(url).status_code == 404


def test_attachment_of_a_public_course_is_open(client, home, attach):
    public = home.add_child(instance=CourseIndexPage(title="公开课", slug="courses"))
    attachment = attach(make_lesson(public, body="<p>字</p>"))

    assert client.get(url_of(attachment)).status_code == 200
    assert client.get(attachment.document.url).status_code == 200


def test_text_lesson_shows_its_paragraphs_as_an_axis(client, member, academy):
    page = client.get(make_lesson(academy, body="<p>" + "读" * 30 + "</p><p>完</p>").url)

    assert '<p data-from="0" data-to="20">' in page.content.decode()
    assert page.context["lesson"]["seconds"] == 2.1


def test_lesson_page_queries_do_not_grow_with_attachments(client, member, academy, attach):
    lesson = make_lesson(academy, body="<p>字</p>")
    attach(lesson)
    few = count_queries(client, lesson.url)
    for _number in range(4):
        attach(lesson)

    assert count_queries(client, lesson.url) == few


def test_draft_is_previewed_with_its_files_and_questions(client, member, academy, attach):
    lesson = make_lesson(academy, body="<p>字</p>")
    document = attach(lesson).document
    draft = lesson.get_latest_revision_as_object()
    draft.attachments = [LessonAttachment(document=document, title="新附件")]
    draft.checks = [LessonCheck(question=make_question(make_bank(), stem="先做什么？"))]
    asked = client.get(reverse("me")).wsgi_request
    page = draft.make_preview_request(original_request=asked).render()

    assert "新附件" in page.content.decode()
    assert "先做什么？" in page.content.decode()
    assert not Progress.objects.exists()


def test_her_own_page_offers_to_save_data(client, member):
    client.post(reverse("courses:data_saving"), {"on": "1", "next": reverse("me")})
    page = client.get(reverse("me"))

    assert page.context["saves_data"] is True
    assert reverse("courses:data_saving") in page.content.decode()


def test_text_finished_by_the_button_shows_no_empty_bar(client, member, academy):
    lesson = make_lesson(academy, body="<p>字</p>")
    before = client.get(lesson.url).content.decode()
    complete_page(member=member, page_id=lesson.pk, now=timezone.now())
    after = client.get(lesson.url).content.decode()

    assert ("data-percent" in before, "data-percent" in after) == (True, False)


@pytest.mark.parametrize(("poster", "kinds"), [("a.jpg", ["VideoObject"]), ("", [])])
def test_search_engines_are_told_of_a_film_with_a_poster(client, home, media, poster, kinds):
    media.thumbnail = poster
    media.save()
    public = home.add_child(instance=CourseIndexPage(title="公开课", slug="open"))
    lesson = make_lesson(public, media=media, first_published_at=timezone.now())
    html = client.get(lesson.url).content.decode()

    assert re.findall(r'"@type": "(VideoObject)".*"duration": "PT3M20S"', html) == kinds
