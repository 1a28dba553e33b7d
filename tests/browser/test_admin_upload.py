"""An editor's film goes up over a line that breaks, is encoded, and can be played."""

import os
import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from config.groups import set_up_groups
from courses.domain import uploads
from courses.models import LessonMedia, MediaUpload
from tests.browser.conftest import PC, enter
from tests.courses.recordings import make_film
from tests.editors import make_editor

CHUNK = re.compile(r"/uploads/.+offset=")


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch, settings, tmp_path):
    """Four of them and a rest in a film of a few seconds."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(uploads, "CHUNK_SIZE", 20_000)
    monkeypatch.setattr("courses.admin_views.uploads.CHUNK_SIZE", 20_000)


@pytest.fixture
def film(tmp_path):
    path = make_film(tmp_path / "保护令.mp4", seconds=2)
    with path.open("ab") as file:
        # A box that players go over.
        size = 90_000 - path.stat().st_size
        file.write(size.to_bytes(4, "big") + b"free" + os.urandom(size - 8))
    return path


@pytest.fixture
def page(new_context, live_server, home, academy, tree):
    set_up_groups(root_page=home)
    context = new_context(PC)
    enter(context, live_server.url, make_editor(home, tree.province))
    return context.new_page()


def choose(page: Page, film) -> None:
    page.goto(reverse("wagtailmedia:add", args=["video"]))
    page.set_input_files("[name=file]", film)


def break_line_after(page: Page, chunks: int) -> list[str]:
    """Let so many chunks through and lose the others; what was asked for comes back."""
    asked: list[str] = []

    def answer(route):
        asked.append(route.request.url.split("offset=")[1])
        if len(asked) > chunks:
            route.abort("connectionfailed")
        else:
            route.continue_()

    page.route(CHUNK, answer)
    return asked


def mend_line(page: Page) -> list[str]:
    asked: list[str] = []
    page.unroute(CHUNK)
    page.on("request", lambda each: CHUNK.search(each.url) and asked.append(each.url))
    page.evaluate("window.dispatchEvent(new Event('online'))")
    return asked


def test_upload_survives_a_lost_connection_and_is_encoded(page, scheduler, film):
    break_line_after(page, 2)
    choose(page, film)
    expect(page.locator(".upload-state")).to_contain_text("网络断了，已传 44%")
    assert MediaUpload.objects.get().received == 40_000

    # She need not wait for it: the form is sent when the file is there.
    page.get_by_role("button", name="上传").last.click()
    asked = mend_line(page)
    expect(page.locator(".messages")).to_contain_text("保护令")
    assert [url.split("offset=")[1] for url in asked] == ["40000", "60000", "80000"]
    assert LessonMedia.objects.get().file.read() == film.read_bytes()

    page.get_by_role("link", name="保护令").first.click()
    expect(page.locator(".media-state")).to_contain_text("可以播放", timeout=60_000)
    assert LessonMedia.objects.get().is_ready
    video = page.locator(".media-state video")
    video.evaluate("each => { each.preload = 'metadata'; each.load(); }")
    expect(video).to_have_js_property("videoWidth", 128)


def test_file_chosen_again_after_a_reload_goes_on(page, film):
    break_line_after(page, 3)
    choose(page, film)
    expect(page.locator(".upload-state")).to_contain_text("网络断了")
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute(CHUNK)
    asked: list[str] = []
    page.on("request", lambda each: CHUNK.search(each.url) and asked.append(each.url))

    choose(page, film)

    expect(page.locator(".upload-state")).to_contain_text("已经传完")
    assert [url.split("offset=")[1] for url in asked] == ["60000", "80000"]


def test_refusal_is_said_beside_the_file(page, tmp_path):
    (tmp_path / "a.exe").write_bytes(b"x")

    choose(page, tmp_path / "a.exe")

    expect(page.locator(".upload-state")).to_contain_text("这不是音视频文件")
    expect(page.get_by_role("button", name="再试一次")).to_be_visible()
