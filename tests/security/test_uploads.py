"""Row: SVG, 121 megapixels, polyglots, 11 MB; zip bombs as XLSX, DOCX, QTI; XML entities.

Owners: tests/federations/test_workbooks.py, tests/quizzes/test_interchange_files.py,
tests/cms/word.
"""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image

from tests.factories import make_member
from tests.security import bombs

MOST_MB = 400
CHINESE = re.compile("[\u4e00-\u9fff]{4}")


@pytest.fixture(scope="module")
def refusals(tmp_path_factory) -> dict[str, dict]:
    """Every bomb, read by one process with bounds, in the order of their making."""
    files = bombs.make_all(tmp_path_factory.mktemp("bombs"))
    named = [each for reader, path in files for each in (reader, str(path))]
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.security.refusing", *named],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = map(json.loads, ran.stdout.splitlines())
    return {line["file"]: line for line in lines}


def test_every_bomb_is_refused_in_words(refusals):
    assert len(refusals) == 15
    assert [name for name, each in refusals.items() if not CHINESE.search(each["said"])] == []


def test_no_bomb_takes_the_memory(refusals):
    assert max(each["peak"] for each in refusals.values()) < MOST_MB


@pytest.fixture
def editor(client, home):
    editor = make_member(is_staff=True, is_superuser=True)
    client.force_login(editor)
    return editor


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", bombs.SVG),
        ("a.png", bombs.SVG),
        ("a.png", bombs.png(11_000, 11_000)),
        ("a.html", bombs.png(8, 8)),
    ],
)
def test_image_form_refuses_and_keeps_nothing(client, editor, name, content):
    form = {"title": "图", "file": SimpleUploadedFile(name, content, "image/png")}
    response = client.post(reverse("wagtailimages:add"), form)

    assert (response.status_code, Image.objects.exists()) == (200, False)


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.exe", "a.js", "a.pdf.html"])
def test_document_form_refuses_what_a_browser_would_run(client, editor, name):
    form = {"title": "件", "file": SimpleUploadedFile(name, bombs.SVG, "application/pdf")}
    response = client.post(reverse("wagtaildocs:add"), form)

    assert (response.status_code, Document.objects.exists()) == (200, False)


def test_picture_with_a_script_behind_it_stays_a_picture(client, editor):
    content = bombs.png(8, 8, tail=b"<script>alert(1)</script>")
    form = {"title": "图", "file": SimpleUploadedFile("a.png", content, "text/html")}
    client.post(reverse("wagtailimages:add"), form)
    response = client.get(Image.objects.get().file.url)

    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
