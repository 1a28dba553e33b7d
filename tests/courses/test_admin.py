"""What an uploaded film or recording must be, and what a lesson must have."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from courses.forms import has_text
from courses.models import LessonMedia, LessonPage, MediaState
from federations.models import Job, Lane
from tests.courses.recordings import make_film, make_sound
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def film(folder, **fields) -> bytes:
    return make_film(folder / "made.mp4", **fields).read_bytes()


@pytest.fixture
def upload(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
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


def test_upload_waits_for_its_encoding(upload, tmp_path):
    upload("lesson.mp4", content := film(tmp_path))

    media = LessonMedia.objects.get()
    assert (media.state, media.is_ready, media.duration, media.size) == (
        MediaState.WAITING,
        False,
        0,
        len(content),
    )
    assert (media.job.lane, media.job.owner) == (Lane.ENCODING, media.uploaded_by_user)


def test_kind_comes_from_the_file_and_not_from_the_address(upload, tmp_path):
    upload("lesson.m4a", make_sound(tmp_path / "a.m4a").read_bytes(), kind="video")

    assert LessonMedia.objects.get().type == "audio"


@pytest.mark.parametrize("name", ["lesson.avi", "lesson.mp3", "课.MOV"])
def test_name_says_nothing_about_the_content(upload, tmp_path, name):
    upload(name, film(tmp_path, codec="mpeg4"))

    assert LessonMedia.objects.get().type == "video"


def test_name_longer_than_disks_take_is_shortened(upload, tmp_path):
    upload("保护令" * 40 + ".mp4", film(tmp_path))

    assert LessonMedia.objects.get().file.storage.exists(LessonMedia.objects.get().file.name)


UNREADABLE = "这个文件打不开，可能已损坏或没有传完整。请在电脑上试播一遍，再重新导出并上传。"
REFUSED = {
    "broken": ("lesson.mp4", lambda _film: b"not a film" * 100, UNREADABLE),
    "cut off": ("lesson.mp4", lambda film: film[:400], UNREADABLE),
    "other kind": (
        "lesson.docx",
        lambda film: film,
        "不能上传 .docx 文件，这里请用 MP4、MOV、MP3、M4A 这一类的音视频文件。",
    ),
    "too large": (
        "lesson.mp4",
        lambda film: film + bytes(2_000_000),
        "文件超过 1 MB，请压缩或分成几段后再上传。",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unfit_file_is_refused(upload, settings, tmp_path, case):
    settings.RECORDING_MAX_SIZE = 1024 * 1024
    name, make, message = REFUSED[case]

    response = upload(name, make(film(tmp_path)))

    assert response.context["form"].errors["file"] == [message]
    assert (LessonMedia.objects.count(), Job.objects.count()) == (0, 0)


def test_title_is_changed_without_a_new_file(client, upload, tmp_path):
    upload("lesson.mp4", film(tmp_path))
    media = LessonMedia.objects.get()

    client.post(
        reverse("wagtailmedia:edit", args=[media.pk]),
        {"title": "改名", "collection": media.collection_id},
    )

    assert [(each.title, each.job) for each in LessonMedia.objects.all()] == [("改名", media.job)]
    assert Job.objects.count() == 1


def test_upload_of_the_page_editor_is_encoded_too(client, upload, tmp_path):
    response = client.post(
        reverse("wagtailmedia:chooser_upload", args=["video"]),
        {
            "media-chooser-upload-title": "第一课",
            "media-chooser-upload-file": SimpleUploadedFile("a.mp4", film(tmp_path)),
            "media-chooser-upload-collection": Collection.get_first_root_node().pk,
        },
    )

    media = LessonMedia.objects.get()
    assert (response.json()["result"]["id"], media.state) == (media.pk, MediaState.WAITING)


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


def test_srt_is_kept_as_webvtt(client, upload, tmp_path):
    upload("lesson.mp4", film(tmp_path))
    media = LessonMedia.objects.get()
    send_captions(client, media, "字幕.srt", b"1\n00:00:01,000 --> 00:00:02,000\nok\n")

    media.refresh_from_db()
    assert media.captions.name.endswith(".vtt")
    assert media.captions.read() == b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nok\n"


def test_bad_subtitles_are_refused_with_the_line(client, upload, tmp_path):
    upload("lesson.mp4", film(tmp_path))
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
