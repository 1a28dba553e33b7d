"""Texts with pictures and recordings, as the pages show them."""

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtailmedia.models import get_media_model

from quizzes.models import QuestionVersion
from quizzes.question_media import prefetch_for_versions, prefetch_media
from quizzes.templatetags.question_text import plain_question_text, question_text

MISSING_PICTURE = "（这张图片暂时看不到，不影响你继续答题。）"
MISSING_SOUND = "（这段录音暂时听不到，不影响你继续答题。）"


@pytest.fixture(autouse=True)
def media_root(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def make_picture(title="合影", **fields):
    size = fields.pop("size", (1600, 900))
    return get_image_model().objects.create(
        title=title, file=get_test_image_file(size=size), **fields
    )


def make_recording(title="录音", kind="audio"):
    recording = get_media_model()(title=title, type=kind, duration=5)
    recording.file.save("clip.mp3", ContentFile(b"sound"))
    return recording


def count(action) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def test_words_are_escaped_and_lines_kept():
    assert question_text("<b>甲</b>\n“乙” & 丙") == "&lt;b&gt;甲&lt;/b&gt;<br>“乙” &amp; 丙"


def test_text_without_markers_asks_for_nothing():
    assert count(lambda: question_text("没有图片 [图片] [图片:] [其他:3]")) == 0


def test_picture_is_shown_small_with_its_size_and_words():
    picture = make_picture(description='孩子说"好"')

    html = question_text(f"看图[图片:{picture.pk}]作答")

    rendition = picture.get_rendition("width-800")
    assert html == (
        f'看图<img class="q-img" src="{rendition.url}" alt="孩子说&quot;好&quot;"'
        ' width="800" height="450" loading="lazy">作答'
    )


def test_small_picture_is_not_blown_up():
    picture = make_picture(size=(320, 240))

    assert 'alt="合影" width="320" height="240"' in question_text(f"[图片:{picture.pk}]")


def test_recording_is_a_player_that_loads_nothing_before_it_is_pressed():
    recording = make_recording('来访"录音"')

    assert question_text(f"[音频:{recording.pk}]") == (
        '<audio class="q-audio" controls preload="none"'
        f' src="{reverse("quizzes:media", args=[recording.pk])}"'
        ' aria-label="来访&quot;录音&quot;"></audio>'
    )


@pytest.mark.parametrize(
    ("text", "words"), [("[图片:404]", MISSING_PICTURE), ("[音频:404]", MISSING_SOUND)]
)
def test_missing_file_is_told_calmly(text, words):
    assert question_text(text) == f'<span class="muted">{words}</span>'


def test_film_is_no_recording():
    film = make_recording(kind="video")

    assert MISSING_SOUND in question_text(f"[音频:{film.pk}]")


def test_picture_whose_file_is_gone_is_told_calmly():
    picture = make_picture()
    picture.file.storage.delete(picture.file.name)

    assert MISSING_PICTURE in question_text(f"[图片:{picture.pk}]")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("看图[图片:1]作答", "看图 作答"),
        ("[图片:1]", "图片"),
        ("[图片:1][音频:2]", "图片、音频"),
        ("甲\n乙", "甲 乙"),
    ],
)
def test_plain_text_has_the_words_alone(text, plain):
    assert plain_question_text(text) == plain


def test_plain_text_is_escaped_by_the_template():
    template = Template("{% load question_text %}{{ text|plain_question_text }}")

    assert template.render(Context({"text": "<b>[图片:1]"})) == "&lt;b&gt;"


def make_texts(number: int) -> list[str]:
    return [
        f"第 {i} 题 [图片:{make_picture().pk}] [音频:{make_recording().pk}]" for i in range(number)
    ]


@pytest.mark.parametrize("number", [1, 8])
def test_page_looks_everything_up_in_three_queries(number):
    texts = make_texts(number)
    [question_text(text) for text in texts]  # makes the small pictures
    cache.clear()

    def show():
        prefetch_media(texts)
        return [question_text(text) for text in texts]

    assert count(show) == 3


def test_versions_are_looked_up_with_all_their_texts():
    stem, option, explanation, lost = make_texts(4)
    options = [{"id": "a", "text": option}, {"id": "b", "text": "乙"}]
    version = QuestionVersion(stem=stem, data={"options": options}, explanation=explanation)

    prefetch_for_versions([version])

    asked = [count(lambda text=text: question_text(text)) for text in (stem, option, explanation)]
    assert (asked, count(lambda: question_text(lost)) > 0) == ([0, 0, 0], True)
