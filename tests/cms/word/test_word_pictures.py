import pytest
from PIL import Image
from wagtail.images import get_image_model

from cms.domain.word_pictures import NotTaken, Shelf
from tests.cms.word.documents import picture
from tests.editors import make_editor
from tests.factories import make_member

pytestmark = pytest.mark.django_db
# The header of an enhanced metafile: record 1, signature " EMF" at byte 40.
EMF = b"\x01\x00\x00\x00\x6c\x00\x00\x00" + bytes(32) + b" EMF" + bytes(64)


@pytest.fixture
def shelf(home, tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Shelf(make_editor(home, tree.town))


def put(shelf, content: bytes):
    return shelf.put(content, title="图")


def refusal(shelf, content: bytes) -> str:
    with pytest.raises(NotTaken) as caught:
        put(shelf, content)
    return caught.value.kind


@pytest.mark.parametrize(("kind", "extension"), [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif")])
def test_picture_is_kept_as_it_is(shelf, kind, extension):
    content = picture(kind=kind).getvalue()

    image = put(shelf, content)

    with image.file.open() as file:
        assert (file.read(), image.file.name.rpartition(".")[2]) == (content, extension)


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
def test_what_browsers_do_not_show_becomes_png(shelf, kind):
    image = put(shelf, picture("#123456", kind=kind).getvalue())

    with image.file.open() as file, Image.open(file) as opened:
        assert (opened.format, opened.getpixel((0, 0))) == ("PNG", (0x12, 0x34, 0x56))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (EMF, "drawing"),
        (b"\xd7\xcd\xc6\x9a" + bytes(100), "drawing"),
        (b"", "broken"),
        (b"no picture", "broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "broken"),
    ],
    ids=["emf", "wmf", "nothing", "text", "svg"],
)
def test_what_is_no_picture_for_a_page(shelf, content, kind):
    assert refusal(shelf, content) == kind
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_too_many_pixels(shelf, settings, kind):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 2399

    assert refusal(shelf, picture(size=(60, 40), kind=kind).getvalue()) == "broken"


def test_who_may_add_no_pictures(home):
    assert refusal(Shelf(make_member()), picture().getvalue()) == "barred"
