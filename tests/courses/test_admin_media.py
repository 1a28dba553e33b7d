"""A recording's page says how far it is; one that a lesson shows, or has shown, is not deleted."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.urls import reverse

from courses.models import LessonMedia
from federations.models import Job, JobState, StaffRoleType
from tests.counting import count_queries
from tests.courses.media import make_media
from tests.editors import make_editor
from tests.factories import make_member, make_staff
from tests.pages import make_lesson

pytestmark = pytest.mark.django_db

REFUSAL = "《保护令》还在微课或文章里用着（微课的草稿和历史版本也算），不能删除。请先换掉它。"


@pytest.fixture
def media(client, db):
    client.force_login(make_member("管理员", is_staff=True, is_superuser=True))
    return LessonMedia.objects.create(
        title="保护令", type="video", duration=6, file="lessons/none.mp4"
    )


def delete(client, media):
    response = client.post(reverse("wagtailmedia:delete", args=[media.pk]))
    return [str(each) for each in get_messages(response.wsgi_request)]


def test_media_of_a_lesson_is_not_deleted(client, academy, media):
    make_lesson(academy, media=media)

    assert delete(client, media) == [REFUSAL]
    assert LessonMedia.objects.count() == 1


def test_media_of_a_draft_is_not_deleted(client, academy, media):
    lesson = make_lesson(academy)
    lesson.media = media
    lesson.save_revision()

    assert delete(client, media) == [REFUSAL]


def test_unused_media_is_deleted(client, academy, media):
    make_lesson(academy).save_revision()

    delete(client, media)

    assert LessonMedia.objects.count() == 0


def test_deleting_media_that_is_not_there_is_not_found(client, media):
    assert client.post(reverse("wagtailmedia:delete", args=[media.pk + 1])).status_code == 404


def test_member_is_kept_out_of_deleting(client, media):
    client.force_login(make_member())

    client.post(reverse("wagtailmedia:delete", args=[media.pk]))

    assert LessonMedia.objects.count() == 1


def page(client, media) -> str:
    return client.get(reverse("wagtailmedia:edit", args=[media.pk])).content.decode()


@pytest.fixture
def film(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_media(duration=125)


def replace_original(film, **job):
    film.file.save("new.mov", ContentFile(b"new"), save=False)
    owner = make_member()
    film.job = Job.objects.create(kind="encode_media", title="片", owner=owner, **job)
    film.save()


def test_page_shows_what_members_play(client, media, film):
    shown = page(client, film)

    assert "可以播放，时长 2 分 5 秒。" in shown
    assert f'src="{film.video.url}"' in shown
    assert f'src="{film.audio.url}"' in shown


def test_page_shows_how_far_the_encoding_is(client, media, film):
    replace_original(film, state=JobState.RUNNING, done=30, total=120, lane="encoding")

    shown = page(client, film)

    assert "正在处理，已完成 25%" in shown
    assert "处理完之前，微课里播放的还是原来的。" in shown


def test_page_explains_a_failure(client, media, film):
    replace_original(film, state=JobState.FAILED, message="这个文件打不开。")

    shown = page(client, film)

    assert "这个文件打不开。" in shown
    assert reverse("media_encode", args=[film.pk]) in shown


def test_progress_alone_is_what_the_page_shows(client, media, film):
    replace_original(film, state=JobState.RUNNING, done=30, total=120, lane="encoding")

    shown = client.get(reverse("media_progress", args=[film.pk])).content.decode()

    assert ("正在处理，已完成 25%" in shown, "<html" in shown) == (True, False)


def test_failure_is_encoded_again(client, media, film):
    replace_original(film, state=JobState.FAILED, message="这个文件打不开。")

    client.post(reverse("media_encode", args=[film.pk]))

    film.refresh_from_db()
    assert film.state == "waiting"


@pytest.mark.parametrize(("name", "ask"), [("media_progress", "get"), ("media_encode", "post")])
def test_who_may_not_change_it_learns_nothing(client, home, tree, film, name, ask):
    client.force_login(make_staff(tree.province, StaffRoleType.VIEWER))

    response = getattr(client, ask)(reverse(name, args=[film.pk]))

    assert (response.status_code, Job.objects.count()) in {(302, 0), (403, 0)}


def test_editor_encodes_again(client, home, academy, tree, film):
    client.force_login(make_editor(home, tree.province))
    replace_original(film, state=JobState.FAILED)

    assert client.post(reverse("media_encode", args=[film.pk])).status_code == 302
    assert Job.objects.count() == 2


def test_deleting_takes_the_renditions_too(
    client, media, film, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        delete(client, film)

    assert list((settings.MEDIA_ROOT / "lessons").iterdir()) == []


def test_list_asks_the_same_for_one_and_thirty(client, media, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    few = count_queries(client, reverse("wagtailmedia:index"))
    for _each in range(19):
        make_media()

    assert count_queries(client, reverse("wagtailmedia:index")) == few
