"""What an uploaded film or recording must be, and what a lesson must have."""

import io
from fractions import Fraction

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from courses.forms import has_text
from courses.models import LessonMedia, LessonPage
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def film(codec="libx264", seconds=2, form="mp4") -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=form) as container:
        stream = container.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _each in range(seconds * 10):
            container.mux(stream.encode(av.VideoFrame(64, 48, "yuv420p")))
        container.mux(stream.encode())
    return buffer.getvalue()


def sound(codec="aac", form="ipod", seconds=2) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=form) as container:
        stream = container.add_stream(codec, rate=44100, layout="mono")
        size = stream.codec_context.frame_size or 1024
        for number in range(seconds * 44100 // size):
            frame = av.AudioFrame(format="fltp", layout="mono", samples=size)
            frame.planes[0].update(bytes(frame.planes[0].buffer_size))
            frame.sample_rate, frame.pts = 44100, number * size
            frame.time_base = Fraction(1, 44100)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return buffer.getvalue()


@pytest.fixture
def upload(client, db):
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))

    def post(name, content, kind="video"):
        return client.post(
            reverse("wagtailmedia:add", args=[kind]),
            {
                "title": "第一课",
                "file": SimpleUploadedFile(name, content),
                "collection": Collection.get_first_root_node().pk,
            },
        )

    return post


def test_film_is_described_by_its_file(upload):
    upload("lesson.mp4", content := film())

    media = LessonMedia.objects.get()
    assert (media.type, media.duration, media.width, media.height, media.size) == (
        "video",
        2.0,
        64,
        48,
        len(content),
    )


def test_recording_is_described_by_its_file(upload):
    upload("lesson.m4a", sound(), kind="audio")

    media = LessonMedia.objects.get()
    assert (media.type, round(media.duration), media.width) == ("audio", 2, None)


def test_kind_comes_from_the_file_and_not_from_the_address(upload):
    upload("lesson.m4a", sound(), kind="video")

    assert LessonMedia.objects.get().type == "audio"


REFUSED = {
    "broken": (
        "lesson.mp4",
        lambda: b"not a film" * 100,
        "这个文件打不开，可能已损坏或没有传完整。请在电脑上试播一遍，再重新导出并上传。",
    ),
    "cut off": (
        "lesson.mp4",
        lambda: film()[:400],
        "这个文件打不开，可能已损坏或没有传完整。请在电脑上试播一遍，再重新导出并上传。",
    ),
    "wrong extension": (
        "lesson.avi",
        film,
        "不能上传 .avi 文件，这里请用 .mp4、.m4a、.mp3。",
    ),
    "extension of the other kind": (
        "lesson.mp3",
        film,
        "不能上传 .mp3 文件，这里请用 .mp4。",
    ),
    "codec that old phones lack": (
        "lesson.mp4",
        lambda: film(codec="mpeg4"),
        "文件的编码是 mpeg4，部分手机放不出来。请用 H.264 编码重新导出。",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unfit_file_is_refused(upload, case):
    name, content, message = REFUSED[case]

    response = upload(name, content())

    assert response.context["form"].errors["file"] == [message]
    assert LessonMedia.objects.count() == 0


def test_title_is_changed_without_a_new_file(client, upload):
    upload("lesson.mp4", film())
    media = LessonMedia.objects.get()

    client.post(
        reverse("wagtailmedia:edit", args=[media.pk]),
        {"title": "改名", "collection": media.collection_id},
    )

    media.refresh_from_db()
    assert (media.title, media.duration) == ("改名", 2.0)


def lesson_form(**data):
    form_class = LessonPage.get_edit_handler().get_form_class()
    counts = {
        f"{name}-{which}_FORMS": 0
        for name in ("comments", "attachments", "checks")
        for which in ("TOTAL", "INITIAL")
    }
    empty = '{"blocks": [], "entityMap": {}}'
    fields = {"title": "第一课", "slug": "yi", "scene": "book", "body": empty, "transcript": empty}
    return form_class(counts | fields | data, instance=LessonPage(), for_user=make_member())


def test_lesson_without_content_is_refused():
    assert lesson_form().errors == {"media": ["请选择音视频，或在正文里写图文课的内容。"]}


def test_lesson_without_content_is_kept_as_draft():
    form = lesson_form()
    form.defer_required_fields()

    assert form.errors == {}


def test_fourth_point_is_refused():
    form = lesson_form(points="一\n二\n三\n四")
    form.defer_required_fields()

    assert form.errors == {"points": ["最多三句话，一行一句。"]}


def test_points_are_tidied():
    form = lesson_form(points=" 先看安全 \n\n再听她说\n")
    form.defer_required_fields()
    form.is_valid()

    assert form.cleaned_data["points"] == "先看安全\n再听她说"


def test_long_point_is_refused_with_its_number():
    form = lesson_form(points="一\n" + "长" * 61)
    form.defer_required_fields()

    assert form.errors == {"points": ["第 2 句有 61 个字，每句最多 60 个字，请写短一些。"]}


def test_srt_is_kept_as_webvtt(client, upload):
    upload("lesson.mp4", film())
    media = LessonMedia.objects.get()
    send_captions(client, media, "字幕.srt", b"1\n00:00:01,000 --> 00:00:02,000\nok\n")

    media.refresh_from_db()
    assert media.captions.name.endswith(".vtt")
    assert media.captions.read() == b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nok\n"


def test_bad_subtitles_are_refused_with_the_line(client, upload):
    upload("lesson.mp4", film())
    media = LessonMedia.objects.get()
    response = send_captions(client, media, "a.vtt", b"WEBVTT\n\n1\n00:02 --> 00:03\nok\n")

    assert response.context["form"].errors["captions"] == [
        "第 4 行的时间读不懂，应写成 00:01.000 --> 00:04.000。"
    ]


def send_captions(client, media, name, content):
    url = reverse("wagtailmedia:edit", args=[media.pk])
    facts = {"title": media.title, "collection": media.collection_id}
    return client.post(url, facts | {"captions": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(("html", "expected"), [("<p></p>", False), ("<p>正文</p>", True)])
def test_has_text_looks_past_the_markup(html, expected):
    assert has_text(html) is expected
