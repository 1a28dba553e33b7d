"""What names a member outside her own rows: files of jobs, and the index of names."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from federations.domain.erasing import forget_in_jobs, remove_unused_names
from federations.domain.jobs import ask_for_job
from federations.domain.names import note_names
from federations.domain.naming_files import may_name
from federations.models import Job, JobState, NameKey
from tests.factories import make_member

NOW = timezone.now()
NAME = "慕容木棉花"


def zipped(content: bytes, name: str = "a.txt") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


@pytest.fixture
def keep(db, settings, tmp_path):
    """A finished job of staff with this file."""
    settings.MEDIA_ROOT = tmp_path
    owner = make_member("林主任")

    def make(content: bytes, name: str = "list.csv", **fields) -> Job:
        upload = ContentFile(content, name)
        job = ask_for_job(kind="list", title="名单", owner=owner, upload=upload)
        Job.objects.filter(pk=job.pk).update(state=JobState.DONE, **fields)
        return job

    return make


@pytest.mark.parametrize(
    "content",
    [
        NAME.encode(),
        NAME.encode("gb18030"),
        NAME.encode("utf-16-le"),
        zipped(NAME.encode()),
        zipped(zipped(NAME.encode())),
        zipped(b"", name=f"{NAME}.txt"),
        b"%PDF-1.7 whose text nobody can look for",
        b"PK, and then no archive",
    ],
)
def test_file_that_names_her_or_cannot_be_read_is_found(keep, content):
    assert may_name(keep(content).upload, [NAME])


@pytest.mark.parametrize("content", [b"", "陈秀英".encode(), zipped("陈秀英".encode())])
def test_file_of_others_stays(keep, content):
    assert not may_name(keep(content).upload, [NAME])


def test_file_that_is_gone_names_nobody(keep):
    upload = keep(NAME.encode()).upload
    upload.storage.delete(upload.name)

    assert not may_name(upload, [NAME])


def test_jobs_that_name_her_go_with_their_files(keep, django_capture_on_commit_callbacks):
    job, other = keep(NAME.encode()), keep("陈秀英".encode())
    told = keep(b"", result={"preview": [{"name": NAME}]})

    with django_capture_on_commit_callbacks(execute=True):
        assert forget_in_jobs([make_member(NAME)], NOW) == 2

    assert list(Job.objects.all()) == [other]
    assert not job.upload.storage.exists(job.upload.name)
    assert not Job.objects.filter(pk=told.pk).exists()


def test_job_that_runs_is_left_to_its_end(keep):
    job = keep(NAME.encode())
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)

    assert forget_in_jobs([make_member(NAME)], NOW) == 0


def test_names_that_nobody_has_leave_the_index(db):
    make_member("陈秀英")
    note_names(["陈秀英", NAME])

    assert remove_unused_names(NOW)
    assert set(NameKey.objects.values_list("name", flat=True)) == {"陈秀英"}
