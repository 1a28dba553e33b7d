"""Which links the pages have, and which of those inside the site lead nowhere."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.domain.links import collect_all, ignore_link
from cms.models import OutsideAddress, PageLink
from courses.models import LessonAttachment
from tests.cms.desk.scene import make_article, make_column
from tests.courses.media import make_media
from tests.factories import make_member
from tests.pages import make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def column(home):
    return make_column(home)


@pytest.fixture
def document(db):
    return get_document_model().objects.create(title="表", file=ContentFile(b"x", name="b.pdf"))


def collect(now=None):
    return collect_all(now=now or timezone.now())


def links_of(page) -> dict[str, str]:
    """Fault by target."""
    return dict(PageLink.objects.filter(page=page).values_list("target", "fault"))


def article(column, html, **fields):
    return make_article(column, None, body=[("paragraph", html)], **fields)


def test_link_outside_is_kept_with_its_words(column):
    page = article(column, '<p><a href="https://a.cn/通知#top">省妇联通知</a></p>')

    collect()

    link = PageLink.objects.get(page=page)
    assert (link.target, link.words, link.fault, link.address.url) == (
        "https://a.cn/通知#top",
        "省妇联通知",
        "",
        "https://a.cn/%E9%80%9A%E7%9F%A5",
    )


def test_one_address_of_two_pages_is_one(column):
    for _place in range(2):
        article(column, '<a href="https://a.cn/">甲</a><a href="https://a.cn/#b">乙</a>')

    collect()

    assert (OutsideAddress.objects.count(), PageLink.objects.count()) == (1, 4)


@pytest.mark.parametrize(
    ("href", "faults"),
    [
        ("/columns/rights/", {"/columns/rights/": ""}),
        ("/columns/rights", {"/columns/rights": ""}),
        ("/columns/rights/?p=2#top", {"/columns/rights/?p=2#top": ""}),
        ("http://testserver/columns/rights/", {"http://testserver/columns/rights/": ""}),
        ("/columns/gone/", {"/columns/gone/": "no_address"}),
        ("http://testserver/gone/", {"http://testserver/gone/": "no_address"}),
        ("/quizzes/", {"/quizzes/": ""}),
        ("/accounts/login", {"/accounts/login": ""}),
        ("/static/favicon.svg", {"/static/favicon.svg": ""}),
        ("/", {"/": ""}),
        ("#p3", {}),
        ("mailto:a@b.cn", {}),
        ("tel:12338", {}),
    ],
)
def test_address_of_this_site(column, href, faults):
    page = article(column, f'<a href="{href}">这里</a>')

    collect()

    assert (links_of(page), OutsideAddress.objects.count()) == (faults, 0)


def test_linked_page_must_be_there_and_live(column):
    live = make_article(column, None)
    draft = make_article(column, None, live=False)
    ids = [live.pk, draft.pk, 999_999]
    page = article(column, "".join(f'<a linktype="page" id="{pk}">看</a>' for pk in ids))

    collect()

    faults = ["", "page_not_live", "page_gone"]
    assert links_of(page) == {f"page:{pk}": fault for pk, fault in zip(ids, faults, strict=True)}


def test_linked_document_must_be_there_with_its_file(column, document):
    lost = get_document_model().objects.create(title="表", file=ContentFile(b"x", name="c.pdf"))
    lost.file.storage.delete(lost.file.name)
    ids = [document.pk, lost.pk, 999_999]
    page = article(column, "".join(f'<a linktype="document" id="{pk}">表</a>' for pk in ids))

    collect()

    faults = ["", "file_gone", "file_gone"]
    assert links_of(page) == {f"document:{pk}": f for pk, f in zip(ids, faults, strict=True)}


def test_download_is_a_link_to_its_document(column, document):
    page = make_article(column, None, body=[("download", {"document": document, "title": ""})])

    collect()

    assert links_of(page) == {f"document:{document.pk}": ""}


def test_picture_of_a_block_must_be_there(column):
    image = get_image_model().objects.create(title="合影", file=get_test_image_file())
    page = make_article(column, None, body=[("picture", {"image": image, "caption": ""})])
    collect()
    there = links_of(page)

    get_image_model().objects.filter(pk=image.pk).delete()
    collect()

    assert (there, links_of(page)) == (
        {f"image:{image.pk}": ""},
        {f"image:{image.pk}": "file_gone"},
    )


def test_recording_of_a_block_must_be_there(column):
    film = make_media()
    body = [{"type": "video", "value": {"recording": film.pk, "caption": "", "transcript": ""}}]
    page = make_article(column, None, body=body)

    collect()

    assert links_of(page) == {f"lessonmedia:{film.pk}": ""}


def test_attachment_of_a_lesson_is_a_link(academy, document):
    lesson = make_lesson(make_course(academy))
    LessonAttachment.objects.create(lesson=lesson, document=document)
    document.file.storage.delete(document.file.name)

    collect()

    assert links_of(lesson) == {f"document:{document.pk}": "file_gone"}


def test_lesson_of_an_outline_must_be_live(academy):
    course = make_course(academy)
    lesson = make_lesson(course, live=False)
    items = [{"page": lesson, "is_required": True}]
    course.outline = [("section", {"title": "一", "items": items})]
    course.save()

    collect()

    assert links_of(course) == {f"page:{lesson.pk}": "page_not_live"}


def test_only_what_is_live_is_looked_at(column):
    """Neither a draft nor the draft of a live page."""
    article(column, '<a href="https://a.cn/">甲</a>', live=False)
    page = article(column, "")
    page.body = [("paragraph", '<a href="https://b.cn/">乙</a>')]
    page.save_revision()

    collect()

    assert PageLink.objects.count() == 0


def test_links_that_are_gone_are_forgotten(column):
    page = article(column, '<a href="https://a.cn/">甲</a>')
    collect()
    page.body = [("paragraph", '<a href="https://b.cn/">乙</a>')]
    page.save()

    collect()

    assert (links_of(page), OutsideAddress.objects.get().url) == (
        {"https://b.cn/": ""},
        "https://b.cn/",
    )


def test_page_taken_down_is_forgotten(column):
    page = article(column, '<a href="https://a.cn/">甲</a>')
    collect()
    page.unpublish()

    collect()

    assert (PageLink.objects.count(), OutsideAddress.objects.count()) == (0, 0)


def test_ignored_link_stays_ignored(column):
    page = article(column, '<a linktype="page" id="999999">看</a>')
    collect()
    editor = make_member()
    ignore_link(link=PageLink.objects.get(page=page), by=editor, now=timezone.now())

    collect()

    assert PageLink.objects.get(page=page).ignored_by == editor


def test_address_too_long_to_ask_is_written_wrongly(column):
    page = article(column, f'<a href="https://a.cn/{"妇" * 300}">看</a>')

    collect()

    assert list(links_of(page).values()) == ["malformed"]


def test_address_is_due_again_after_a_week(column):
    article(column, '<a href="https://a.cn/">甲</a>')
    now = timezone.now()
    collect(now)
    OutsideAddress.objects.update(due_at=None, checked_at=now)

    due = []
    for days in (6, 7):
        collect(now + timedelta(days=days))
        due.append(OutsideAddress.objects.exclude(due_at=None).count())

    assert due == [0, 1]


def test_queries_do_not_grow_with_the_pages(column):
    def count():
        with CaptureQueriesContext(connection) as captured:
            collect()
        return len(captured)

    target = make_article(column, None)
    html = f'<a linktype="page" id="{target.pk}">看</a><a href="https://a.cn/">甲</a>'
    article(column, html)
    collect()
    one = count()
    for _place in range(9):
        article(column, html)
    collect()

    assert count() == one


def test_mended_link_is_off_the_list_when_the_page_is_published(
    column, django_capture_on_commit_callbacks
):
    page = article(column, '<a linktype="page" id="999999">看</a>')
    collect()
    page.body = [("paragraph", "<p>没有链接了</p>")]

    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    assert links_of(page) == {}


def test_page_is_published_whatever_its_links_are_like(
    column, django_capture_on_commit_callbacks, caplog
):
    page = article(column, "")
    page.body.raw_data.append({"type": "paragraph", "value": 7, "id": "x"})

    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    page.refresh_from_db()
    assert (page.live, "Error calling" in caplog.text) == (True, True)
