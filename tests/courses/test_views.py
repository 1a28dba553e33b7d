import json

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.urls import reverse

from courses.models import CourseIndexPage, LessonMedia, WatchRecord
from tests.counting import count_queries
from tests.courses.media import make_media
from tests.factories import make_committee_member, make_member
from tests.pages import make_course, make_lesson

FILM = bytes(range(256)) * 4


@pytest.fixture
def media(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    media = make_media(FILM)
    media.captions.save("film.vtt", ContentFile("WEBVTT\n"))
    return media


@pytest.fixture
def lesson(academy, media):
    return make_lesson(academy, media=media)


@pytest.fixture
def member(tree):
    return make_committee_member(tree.village)


def media_url(lesson, part="video"):
    return reverse("courses:media", args=[lesson.pk, part])


def read(response):
    return b"".join(response.streaming_content)


def test_film_is_sent_whole(client, member, lesson):
    client.force_login(member)

    assert read(client.get(media_url(lesson))) == FILM


def test_film_is_sent_in_ranges(client, member, lesson):
    client.force_login(member)
    response = client.get(media_url(lesson), headers={"Range": "bytes=10-19"})

    assert (response.status_code, response["Content-Range"]) == (206, "bytes 10-19/1024")
    assert read(response) == FILM[10:20]


@pytest.mark.parametrize(
    ("asked", "sent"), [("bytes=1000-", FILM[1000:]), ("bytes=-24", FILM[-24:])]
)
def test_open_ended_ranges_reach_the_end(client, member, lesson, asked, sent):
    client.force_login(member)

    assert read(client.get(media_url(lesson), headers={"Range": asked})) == sent


@pytest.mark.parametrize(
    "asked", ["bytes=2000-", "bytes=9-3", "bytes=-", "pages=1-2", "bytes=0-" + "9" * 5000]
)
def test_impossible_ranges_are_refused(client, member, lesson, asked):
    client.force_login(member)
    response = client.get(media_url(lesson), headers={"Range": asked})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */1024")


def test_production_lets_the_web_server_send_the_film(client, member, lesson, settings):
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    client.force_login(member)
    response = client.get(media_url(lesson))

    assert response["X-Accel-Redirect"] == f"/protected/{lesson.media.video.name}"


@pytest.mark.parametrize("who", ["nobody", "stranger"])
def test_film_of_the_academy_is_closed_to_others(client, lesson, who):
    if who == "stranger":
        client.force_login(make_member())

    assert client.get(media_url(lesson)).status_code == 404


def test_film_of_a_public_course_is_open(client, home, media):
    public = home.add_child(instance=CourseIndexPage(title="公开课", slug="courses"))
    lesson = make_lesson(public, media=media)

    assert client.get(media_url(lesson)).status_code == 200


@pytest.mark.parametrize("part", ["file", "video", "audio"])
def test_film_has_no_second_door(client, member, lesson, part):
    client.force_login(member)

    assert client.get(f"/media/{getattr(lesson.media, part).name}").status_code == 404


def test_sound_alone_is_sent(client, member, lesson):
    client.force_login(member)
    response = client.get(media_url(lesson, "audio"), headers={"Range": "bytes=10-19"})

    assert (response.status_code, response["Content-Type"]) == (206, "audio/mp4")
    assert read(response) == FILM[10:20]


@pytest.mark.parametrize("part", ["file", "encoded_file", "title", "job"])
def test_original_is_not_sent_to_members(client, member, lesson, part):
    client.force_login(member)

    assert client.get(media_url(lesson, part)).status_code == 404


def test_address_changes_with_the_film(client, member, lesson):
    client.force_login(member)
    before = client.get(lesson.url).context["lesson"]["media_url"]
    LessonMedia.objects.update(encoded_file="lessons/new.mov")
    cache.clear()  # at most a minute old

    assert client.get(lesson.url).context["lesson"]["media_url"] != before


def test_lesson_whose_film_is_not_ready_says_so(client, member, academy):
    client.force_login(member)
    media = LessonMedia.objects.create(title="片", type="video", file="lessons/new.mov")

    page = client.get(make_lesson(academy, media=media).url)
    shown = page.context["lesson"]

    assert "这一课的视频和声音还在准备" in page.content.decode()
    assert (shown["kind"], "media_url" in shown) == ("waiting", False)


@pytest.mark.parametrize(
    "path",
    [
        "../secret_key",
        "images/../../secret_key",
        "images/../lessons/film.mp4",
        "images/%2e%2e/lessons/film.mp4",
        "images//../lessons/film.mp4",
        "images/..",
        "images",
        "images/%00",
    ],
)
def test_media_has_no_way_around_the_gate(client, lesson, settings, path):
    (settings.MEDIA_ROOT / "images").mkdir()

    assert client.get(f"/media/{path}").status_code == 404


def test_picture_of_a_page_is_open(client, lesson, settings):
    (settings.MEDIA_ROOT / "images").mkdir()
    (settings.MEDIA_ROOT / "images" / "a.png").write_bytes(b"png")

    assert read(client.get("/media/images/a.png")) == b"png"


def test_watching_is_recorded(client, member, lesson):
    client.force_login(member)
    client.get(lesson.url)
    body = json.dumps({"intervals": [[0, 5]], "position": 5})
    reply = client.post(
        reverse("courses:watch", args=[lesson.pk]), body, content_type="application/json"
    )

    assert sorted(reply.json()) == [
        "is_completed",
        "message",
        "missing_text",
        "percent",
        "segments",
    ]
    assert WatchRecord.objects.get(member=member).position == 5


@pytest.mark.parametrize(
    "body", ["", "[]", "[" * 200_000, "nonsense", '{"intervals": 5, "position": "x"}']
)
def test_nonsense_is_credited_nothing(client, member, lesson, body):
    client.force_login(member)
    reply = client.post(
        reverse("courses:watch", args=[lesson.pk]), body, content_type="application/json"
    )

    assert (reply.status_code, reply.json()["percent"]) == (200, 0)


def test_watching_needs_a_sign_in(client, lesson):
    reply = client.post(reverse("courses:watch", args=[lesson.pk]), "{}", "application/json")

    assert reply.status_code == 401


def test_course_list_hides_the_academy_from_visitors(client, academy):
    make_course(academy, title="内部课程")

    assert "内部课程" not in client.get("/lessons/").content.decode()


def test_course_list_shows_the_academy_to_members(client, member, academy):
    make_course(academy, title="内部课程")
    client.force_login(member)

    assert "内部课程" in client.get("/lessons/").content.decode()


def test_course_list_queries_do_not_grow(client, member, academy):
    client.force_login(member)
    make_lesson(academy)
    few = count_queries(client, "/lessons/")
    for _ in range(29):
        make_lesson(academy)

    assert count_queries(client, "/lessons/") == few


def test_lesson_list_queries_do_not_grow(client, member, academy):
    client.force_login(member)
    course = make_course(academy)
    make_lesson(course)
    few = count_queries(client, course.url)
    for _ in range(29):
        make_lesson(course)

    assert count_queries(client, course.url) == few
