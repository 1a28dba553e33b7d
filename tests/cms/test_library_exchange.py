"""Another file in the place of one that a reviewed page shows: not behind the reviewers' backs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtailmedia.forms import get_media_form

from cms.domain.reviews.errors import ReviewRefused
from cms.domain.reviews.library import check_exchange
from cms.models import RecordKind, ReviewRecord
from cms.reviews import foot_of
from courses.models import LessonMedia
from federations.models import StaffRoleType
from tests.cms.blocks.bodies import make_document, make_image
from tests.columns import make_audio_column, make_episode
from tests.editors import decide_next, make_editor, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(db):
    return make_image("现场")


def exchange(client, image, **fields):
    file = SimpleUploadedFile("new.png", get_test_image_file(size=(20, 10)).file.getvalue())
    data = {"title": image.title, "file": file, "tags": "", "description": ""}
    data |= {f"focal_point_{name}": "" for name in ("x", "y", "width", "height")}
    data |= {"collection": image.collection_id}
    return client.post(reverse("wagtailimages:edit", args=[image.pk]), data | fields)


def width(image) -> int:
    return get_image_model().objects.get(pk=image.pk).width


def test_editor_does_not_exchange_what_a_live_page_shows(client, desk, image):
    page = desk.live(title="在线", cover=image)
    client.force_login(desk.author)

    response = exchange(client, image)

    assert (width(image), ReviewRecord.objects.count()) == (640, 0)
    assert f"《{page.title}》正用着它" in response.content.decode()


def test_nor_its_words(client, desk, image):
    desk.live(cover=image)
    client.force_login(desk.author)

    exchange(client, image, file="", description="别的话")

    assert get_image_model().objects.get(pk=image.pk).description == ""


def test_reviewer_does_and_it_is_on_record(client, desk, image):
    page = desk.live(cover=image)
    client.force_login(desk.reviewers[0])

    exchange(client, image)

    row = ReviewRecord.objects.get()
    assert (width(image), row.kind, row.page_id, row.person_name, row.reason) == (
        20,
        RecordKind.CORRECTED,
        page.pk,
        "王初审",
        "换了页面里用的图片“现场”。",
    )
    assert foot_of(page).corrected_at == row.made_at


def test_reviewer_of_one_page_does_not_exchange_it_in_anothers(client, desk, tree, image):
    desk.live(cover=image)
    desk.live(cover=image, federation=tree.other_town)
    client.force_login(desk.reviewers[0])

    exchange(client, image)

    assert width(image) == 640


def test_what_lies_in_a_draft_is_the_editors(client, desk, image):
    desk.draft(cover=image)
    client.force_login(desk.author)

    exchange(client, image)

    assert (width(image), ReviewRecord.objects.count()) == (20, 0)


def test_what_nobody_shows_is_the_editors(client, desk, image):
    client.force_login(desk.author)

    exchange(client, image)

    assert width(image) == 20


@pytest.mark.parametrize("approvals", [0, 2, 3])
def test_what_is_under_review_or_waits_for_its_hour_is_not_exchanged(desk, image, approvals):
    page = desk.draft(cover=image)
    page.go_live_at = timezone.now() + timezone.timedelta(days=1)
    submit(page, desk.author)
    for reviewer in desk.reviewers[:approvals]:
        decide_next(page, reviewer)

    with pytest.raises(ReviewRefused):
        check_exchange(image, by=desk.author, changed=["file"])


def test_sorting_the_library_is_no_exchange(desk, image):
    desk.live(cover=image)

    assert check_exchange(image, by=desk.author, changed=["collection", "tags"]) is None


def test_documents_too(client, desk):
    document = make_document()
    desk.live(body=[("download", {"document": document})])
    client.force_login(desk.author)

    data = {"title": document.title, "tags": "", "collection": document.collection_id}
    data["file"] = SimpleUploadedFile("other.docx", b"other")
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), data)

    kept = get_document_model().objects.get(pk=document.pk)
    assert kept.file.read() == b"x" * 2048


@pytest.mark.parametrize(("role", "is_refused"), [("EDITOR", True), ("REVIEWER", False)])
def test_recordings_too(home, tree, role, is_refused):
    episode = make_episode(make_audio_column(home, federation=tree.town), federation=tree.town)
    person = make_editor(home, tree.town, StaffRoleType[role])

    def title_form():
        data = {"title": "别的录音", "collection": episode.media.collection_id}
        form_class = get_media_form(LessonMedia)
        return form_class(data, instance=LessonMedia.objects.get(), user=person)

    assert ("title" in title_form().errors) is is_refused
