"""What members play is kept until something better is there; what failed can be done again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from wagtailmedia.forms import get_media_form

from config.tasks import HANDLERS
from courses.domain.encoding import ask_for_encoding, encode_media
from courses.models import LessonMedia, MediaState
from federations.domain.jobs import run_waiting_jobs
from federations.models import Job, JobState, Lane
from tests.courses.media import make_media
from tests.courses.recordings import make_film, make_sound
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def owner():
    return make_member("编辑", is_staff=True)


@pytest.fixture
def film(tmp_path) -> bytes:
    return make_film(tmp_path / "a.mkv", codec="mpeg4").read_bytes()


def bring(content: bytes, name="原片.mkv", **fields) -> LessonMedia:
    media = LessonMedia(**{"title": "保护令", "type": "video"} | fields)
    media.file.save(name, ContentFile(content))
    return media


def replace(media, content: bytes) -> None:
    media.file.save("new.mkv", ContentFile(content))


def run() -> int:
    return run_waiting_jobs(handlers=HANDLERS, lane=Lane.ENCODING)


def encode(media, owner) -> LessonMedia:
    ask_for_encoding(media_id=media.pk, owner=owner)
    run()
    return fresh(media)


def fresh(media) -> LessonMedia:
    return LessonMedia.objects.select_related("job").get(pk=media.pk)


def stored(storage) -> set[str]:
    return {path.name for path in (storage / "lessons").iterdir()}


def test_film_becomes_ready(owner, film, django_capture_on_commit_callbacks):
    media = bring(film)
    assert (media.state, media.is_ready) == (MediaState.FAILED, False)

    media = encode(media, owner)

    assert (media.state, media.is_ready, media.type) == (MediaState.READY, True, "video")
    assert (media.duration, media.width, media.height) == (3.0, 128, 96)
    assert (media.video.size, media.audio.size) == (media.video_size, media.audio_size)
    assert (media.thumbnail.size > 0, media.job.state) == (True, JobState.DONE)


def test_sound_becomes_ready(owner, tmp_path):
    sound = make_sound(tmp_path / "a.mp3", codec="libmp3lame").read_bytes()

    media = encode(bring(sound, "a.mp3"), owner)

    assert (media.type, media.is_ready, bool(media.video)) == ("audio", True, False)


def test_original_stays_what_it_was(owner, film):
    assert encode(bring(film), owner).file.read() == film


def test_job_tells_how_far_it_is(owner, film):
    media = encode(bring(film), owner)

    assert (media.job.done, media.job.total) == (3, 3)


def test_asking_twice_gives_one_job(owner, film):
    media = bring(film)
    jobs = {ask_for_encoding(media_id=media.pk, owner=owner).pk for _each in range(2)}

    assert (len(jobs), Job.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_asking_twice_at_once_gives_one_job(owner, film):
    media = bring(film)

    def ask(_number):
        try:
            return ask_for_encoding(media_id=media.pk, owner=owner).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1


def test_running_twice_is_harmless(owner, film, storage):
    media = encode(bring(film), owner)
    before = stored(storage)

    is_new = encode_media(
        media_id=media.pk, file_name=media.file.name, mark="2", progress=lambda *step: None
    )

    assert (is_new, stored(storage)) == (False, before)


def test_failure_is_explained_and_leaves_what_members_play(owner):
    media = make_media()
    replace(media, b"broken")

    media = encode(media, owner)

    assert (media.state, media.is_ready, media.video.read()) == (MediaState.FAILED, True, b"film")
    assert media.message.startswith("这个文件打不开")


def test_failure_is_tried_again(owner, film):
    media = encode(bring(b"broken"), owner)
    replace(media, film)

    assert encode(media, owner).state == MediaState.READY


def test_new_renditions_take_the_place_of_the_old(
    owner, film, storage, django_capture_on_commit_callbacks
):
    media = make_media()
    old = {media.video.name, media.audio.name}
    replace(media, film)

    with django_capture_on_commit_callbacks(execute=True):
        media = encode(media, owner)

    assert not {name.split("/")[1] for name in old} & stored(storage)
    assert (media.duration, media.video.size) == (3.0, media.video_size)


def test_original_that_is_replaced_meanwhile_is_not_used(
    owner, film, storage, django_capture_on_commit_callbacks
):
    media = bring(film)
    ask_for_encoding(media_id=media.pk, owner=owner)
    old_name = media.file.name

    def swap(done, total):
        if LessonMedia.objects.filter(file=old_name).exists():
            replace(LessonMedia.objects.get(), film)

    with django_capture_on_commit_callbacks(execute=True):
        is_new = encode_media(media_id=media.pk, file_name=old_name, mark="1", progress=swap)

    assert (is_new, fresh(media).is_ready) == (False, False)
    assert stored(storage) == {"原片.mkv", "new.mkv"}


def test_recording_that_is_deleted_meanwhile_leaves_no_file(
    owner, film, storage, django_capture_on_commit_callbacks
):
    media = bring(film)

    with django_capture_on_commit_callbacks(execute=True):
        encode_media(
            media_id=media.pk,
            file_name=media.file.name,
            mark="1",
            progress=lambda *step: LessonMedia.objects.all().delete(),
        )

    assert stored(storage) == set()


def test_poster_that_an_editor_chose_stays(owner, film):
    media = bring(film)
    media.thumbnail.save("own.jpg", ContentFile(b"own"))

    assert encode(media, owner).thumbnail.read() == b"own"


def test_poster_of_the_old_film_goes(owner, film):
    media = encode(bring(film), owner)
    first = media.thumbnail.name
    replace(media, film)

    media = encode(media, owner)

    assert (media.thumbnail.name != first, media.is_thumbnail_made) == (True, True)


def test_missing_original_is_explained(owner, film):
    media = bring(film)
    media.file.storage.delete(media.file.name)

    assert encode(media, owner).message == "原文件不在服务器上了，请重新上传。"


def test_encoder_that_dies_is_explained(owner, film, monkeypatch):
    monkeypatch.setattr("courses.encoding.process.sys.executable", "/bin/false")

    media = encode(bring(film), owner)

    assert (media.state, media.message[:10]) == (MediaState.FAILED, "处理到一半停住了，这")


def test_job_that_was_given_up_leaves_no_recording_running(owner, film):
    media = bring(film)
    job = ask_for_encoding(media_id=media.pk, owner=owner)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, message="几次都中途停了。")

    assert (fresh(media).state, fresh(media).message) == (MediaState.FAILED, "几次都中途停了。")


def test_recording_whose_job_was_cleared_away_can_be_asked_for_again(owner, film):
    media = encode(bring(b"broken"), owner)
    Job.objects.all().delete()

    assert (fresh(media).state, fresh(media).message) == (
        MediaState.FAILED,
        "还没有处理过。请点“重新处理”。",
    )


def test_encoding_does_not_hold_up_the_desk(owner, film):
    ask_for_encoding(media_id=bring(film).pk, owner=owner)

    assert (run_waiting_jobs(handlers=HANDLERS), run()) == (0, 1)


def edit(media, owner, **files):
    form_class = get_media_form(LessonMedia)
    data = {"title": "改名", "collection": media.collection_id}
    form = form_class(data, files, instance=media, user=owner)
    assert form.is_valid(), form.errors
    return form


def test_encoding_that_ends_while_a_form_is_saved_is_not_lost(film):
    owner = make_member("管理员", is_staff=True, is_superuser=True)
    media = bring(film)
    form = edit(fresh(media), owner)
    done = encode(media, owner)

    form.save()

    saved = fresh(media)
    assert (saved.title, saved.state, saved.video.name) == ("改名", "ready", done.video.name)
    assert (saved.duration, saved.thumbnail.name, saved.job) == (3.0, done.thumbnail.name, done.job)
