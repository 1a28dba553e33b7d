"""Chunked uploads: a broken line costs one chunk, lies are refused, nobody meets another's file."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from courses.admin_views.uploads import read_body
from courses.domain import uploads
from courses.domain.uploads import (
    OutOfStep,
    begin_upload,
    claim_upload,
    remove_abandoned_uploads,
    take_chunk,
)
from courses.models import LessonMedia, MediaUpload
from federations.models import StaffRoleType
from tests.courses.recordings import make_film
from tests.editors import make_editor
from tests.factories import make_member, make_staff

pytestmark = pytest.mark.django_db
NOW = timezone.now()
URL = "/admin/media/uploads/"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def film(tmp_path) -> bytes:
    return make_film(tmp_path / "a.mp4").read_bytes()


@pytest.fixture
def editor(home, academy, tree):
    return make_editor(home, tree.province)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def begin(client, size=1000, name="课.mp4", modified=7, **more):
    facts = {"name": name, "size": size, "modified": modified} | more
    return client.post(URL, facts, content_type="application/json")


def send(client, upload_id, offset, data):
    url = f"{URL}{upload_id}/?offset={offset}"
    return client.post(url, data, content_type="application/octet-stream")


def send_all(client, content: bytes, **facts) -> str:
    upload_id = begin(client, len(content), **facts).json()["id"]
    half = len(content) // 2
    send(client, upload_id, 0, content[:half])
    send(client, upload_id, half, content[half:])
    return upload_id


def save(client, upload_id, **fields):
    root = Collection.get_first_root_node().pk
    data = {"title": "第一课", "upload": upload_id, "collection": root} | fields
    return client.post(reverse("wagtailmedia:add", args=["video"]), data)


def test_file_in_chunks_becomes_a_recording(desk, film, storage):
    response = save(desk, send_all(desk, film))

    media = LessonMedia.objects.get()
    assert (response.status_code, media.file.read(), media.state) == (302, film, "waiting")
    assert (list((storage / "uploads").iterdir()), MediaUpload.objects.count()) == ([], 0)


def test_recording_gets_its_new_file_in_chunks(desk, editor, film):
    media = LessonMedia.objects.create(title="旧", type="video", file="lessons/none.mp4")
    data = {"title": "新", "upload": send_all(desk, film), "collection": media.collection_id}

    desk.post(reverse("wagtailmedia:edit", args=[media.pk]), data)

    media.refresh_from_db()
    assert (media.title, media.file.read()) == ("新", film)


def test_upload_in_the_page_editor_s_dialog(desk, film):
    prefix = "media-chooser-upload"
    root = Collection.get_first_root_node().pk
    upload_id = send_all(desk, film)
    data = {f"{prefix}-title": "课", f"{prefix}-upload": upload_id, f"{prefix}-collection": root}

    response = desk.post(reverse("wagtailmedia:chooser_upload", args=["video"]), data)

    assert response.json()["result"]["title"] == "课"


def test_form_that_comes_back_keeps_its_upload(desk, film):
    upload_id = send_all(desk, film)

    response = save(desk, upload_id, title="")
    assert f'data-upload-id="{upload_id}"' in response.content.decode()

    assert save(desk, upload_id).status_code == 302


def test_upload_is_used_once(desk, film):
    upload_id = send_all(desk, film)
    save(desk, upload_id)

    response = save(desk, upload_id)

    assert list(response.context["form"].errors) == ["file"]
    assert LessonMedia.objects.count() == 1


def test_upload_that_is_no_recording_is_refused(desk):
    response = save(desk, send_all(desk, b"nonsense" * 100))

    assert response.context["form"].errors["file"][0].startswith("这个文件打不开")


def test_upload_that_is_not_complete_is_not_saved(desk, film):
    upload_id = begin(desk, len(film)).json()["id"]
    send(desk, upload_id, 0, film[:10])

    assert list(save(desk, upload_id).context["form"].errors) == ["file"]


def test_server_says_how_far_it_is(desk):
    upload_id = begin(desk).json()["id"]
    send(desk, upload_id, 0, b"x" * 400)

    assert desk.get(f"{URL}{upload_id}/").json()["received"] == 400


def test_same_file_chosen_again_goes_on(desk):
    first = begin(desk).json()
    send(desk, first["id"], 0, b"x" * 400)

    again = begin(desk).json()

    assert (again["id"], again["received"]) == (first["id"], 400)


@pytest.mark.parametrize("other", [{"size": 999}, {"name": "b.mp4"}, {"modified": 8}])
def test_another_file_begins_anew(desk, other):
    first = begin(desk).json()["id"]

    assert begin(desk, **other).json()["id"] != first


def test_chunk_sent_twice_counts_once(desk):
    upload_id = begin(desk).json()["id"]
    replies = [send(desk, upload_id, 0, b"x" * 400) for _each in range(2)]

    assert [(each.status_code, each.json()) for each in replies] == [
        (200, {"received": 400}),
        (409, {"received": 400}),
    ]


@pytest.mark.parametrize("offset", ["", "-1", "x", "1", "400", "9" * 30, "²"])
def test_chunk_out_of_step_learns_where_to_go_on(desk, offset):
    upload_id = begin(desk).json()["id"]

    reply = send(desk, upload_id, offset, b"x" * 10)

    assert (reply.status_code, reply.json()) == (409, {"received": 0})


@pytest.mark.parametrize("length", [0, 1001, uploads.CHUNK_SIZE + 1])
def test_chunk_beyond_the_size_is_refused(desk, storage, length):
    upload_id = begin(desk).json()["id"]

    reply = send(desk, upload_id, 0, b"x" * length)

    assert (reply.status_code, reply.json()["message"]) == (
        400,
        "收到的数据和文件对不上，请重新选择文件再传。",
    )
    assert [path.stat().st_size for path in (storage / "uploads").iterdir()] == [0]


@pytest.mark.parametrize(("length", "taken"), [("10", b"x" * 10), ("20", b""), ("", b"")])
def test_chunk_whose_line_broke_is_not_taken(length, taken):
    request = SimpleNamespace(read=lambda most: b"x" * 10, META={"CONTENT_LENGTH": length})

    assert read_body(request) == taken


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"size": 3 * 1024 * 1024}, "文件超过 2 MB，请压缩或分成几段后再上传。"),
        ({"size": 0}, "这个文件是空的，请换一个文件。"),
        ({"size": -5}, "这个文件是空的，请换一个文件。"),
        ({"name": "a.exe"}, "这不是音视频文件，请选 MP4、MOV、MP3、M4A 这一类的文件。"),
        ({"name": ".mp4/.."}, "这不是音视频文件，请选 MP4、MOV、MP3、M4A 这一类的文件。"),
        ({"name": 5}, "请重新选择文件再传。"),
        ({"size": "5"}, "请重新选择文件再传。"),
        ({"size": True}, "请重新选择文件再传。"),
    ],
)
def test_unfit_file_is_refused_before_it_is_sent(desk, settings, facts, message):
    settings.RECORDING_MAX_SIZE = 2 * 1024 * 1024

    reply = begin(desk, **facts)

    assert (reply.status_code, reply.json()["message"]) == (400, message)
    assert MediaUpload.objects.count() == 0


@pytest.mark.parametrize("body", ["", "[]", "5", "{}", "[" * 100_000, '{"name": "a.mp4"}'])
def test_nonsense_is_refused(desk, body):
    reply = desk.post(URL, body, content_type="application/json")

    assert (reply.status_code, reply.json()) == (400, {"message": "请重新选择文件再传。"})


@pytest.mark.parametrize("name", ["../../secret.mp4", "..\\..\\a.mp4", "/etc/a.mp4", "a\0.mp4"])
def test_name_leads_nowhere(desk, storage, name):
    begin(desk, name=name)

    upload = MediaUpload.objects.get()
    assert upload.path.parent == storage / "uploads"
    assert not set("/\\\0") & set(upload.name)


def test_another_person_s_upload_does_not_exist(desk, home, tree, film):
    upload_id = send_all(desk, film)
    other = Client()
    other.force_login(make_editor(home, tree.province))

    assert other.get(f"{URL}{upload_id}/").status_code == 404
    assert send(other, upload_id, len(film), b"x").status_code == 404
    assert list(save(other, upload_id).context["form"].errors) == ["file"]
    assert LessonMedia.objects.count() == 0


def test_upload_that_is_gone_is_not_found(desk):
    assert send(desk, uuid4(), 0, b"x").status_code == 404


@pytest.mark.parametrize("role", [StaffRoleType.MANAGER, StaffRoleType.VIEWER])
def test_staff_without_the_right_are_refused(client, home, tree, role):
    client.force_login(make_staff(tree.province, role))

    assert begin(client).status_code in (302, 403)
    assert MediaUpload.objects.count() == 0


def test_members_and_visitors_are_kept_out(client):
    begin(client)
    client.force_login(make_member())
    begin(client)

    assert MediaUpload.objects.count() == 0


def test_forged_chunk_is_refused(editor):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(editor)

    assert begin(forger).status_code == 403


def test_half_of_an_upload_has_no_address(desk):
    upload_id = begin(desk).json()["id"]

    path = MediaUpload.objects.get(pk=upload_id).path
    assert desk.get(f"/media/uploads/{path.name}").status_code == 404


def test_full_disk_is_told_before_the_upload(desk, monkeypatch):
    monkeypatch.setattr(uploads, "disk_usage", lambda folder: SimpleNamespace(free=1000))

    reply = begin(desk)

    assert (reply.status_code, reply.json()["message"][:12]) == (507, "服务器的存储空间不够，现")


def test_disk_that_fills_up_costs_one_chunk(desk, monkeypatch):
    upload_id = begin(desk).json()["id"]
    send(desk, upload_id, 0, b"x" * 400)

    def fail(path, offset, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.open", lambda *args: fail(*args, 0))
        full = send(desk, upload_id, 400, b"x" * 600)
    again = send(desk, upload_id, 400, b"x" * 600)

    assert (full.status_code, again.json()) == (507, {"received": 1000})


def test_eleventh_unfinished_upload_is_refused(desk):
    replies = [begin(desk, modified=number) for number in range(11)]

    assert [each.status_code for each in replies] == [200] * 10 + [400]


def test_bytes_that_a_fallen_machine_lost_are_sent_again(desk):
    upload_id = begin(desk).json()["id"]
    send(desk, upload_id, 0, b"x" * 400)
    os.truncate(MediaUpload.objects.get().path, 100)

    assert begin(desk).json()["received"] == 100


def test_file_that_vanished_is_sent_again(desk):
    upload_id = begin(desk).json()["id"]
    send(desk, upload_id, 0, b"x" * 400)
    MediaUpload.objects.get().path.unlink()

    reply = send(desk, upload_id, 400, b"x" * 600)

    assert (reply.status_code, reply.json()) == (409, {"received": 0})


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_chunks_of_two_windows_at_once_leave_the_whole_file(editor):
    content = os.urandom(64_000)
    upload = start(editor, len(content))

    def push(_number):
        try:
            offset = 0
            while offset < len(content):
                try:
                    mine = MediaUpload.objects.get(pk=upload.pk)
                    part = content[offset : offset + 8000]
                    offset = take_chunk(upload=mine, offset=offset, data=part, now=NOW)
                except OutOfStep as error:
                    offset = error.received
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(push, range(4)))

    assert upload.path.read_bytes() == content


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_forms_at_once_one_gets_the_upload(editor):
    upload = start(editor, 3)
    take_chunk(upload=upload, offset=0, data=b"xyz", now=NOW)

    def claim(_number):
        try:
            return claim_upload(upload=upload)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(claim, range(4))) == [False, False, False, True]


def start(owner, size, now=NOW) -> MediaUpload:
    return begin_upload(owner=owner, name="a.mp4", size=size, modified=0, now=now)


def age(path, days: int) -> None:
    old = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (old, old))


def test_abandoned_uploads_go_after_two_days(editor, storage):
    kept = start(editor, 10)
    age(kept.path, 3)
    left = start(editor, 11, now=NOW - timedelta(days=3))
    age(left.path, 3)
    orphan = storage / "uploads" / "orphan.part"
    orphan.touch()
    age(orphan, 3)

    count = remove_abandoned_uploads(now=NOW)

    assert (count, list((storage / "uploads").iterdir())) == (2, [kept.path])


def test_ordinary_upload_still_works(desk, film):
    save(desk, "", file=SimpleUploadedFile("a.mp4", film))

    assert LessonMedia.objects.get().file.read() == film
