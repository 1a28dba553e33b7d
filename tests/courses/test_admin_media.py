"""A recording that a lesson shows, has shown or will show is not deleted."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from courses.models import LessonMedia
from tests.factories import make_member
from tests.pages import make_lesson

pytestmark = pytest.mark.django_db

REFUSAL = "《保护令》还在微课里用着（草稿和历史版本也算），不能删除。请先在微课里换掉它。"


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
