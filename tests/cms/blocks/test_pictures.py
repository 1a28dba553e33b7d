import pytest
from wagtail.blocks import StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.models import Rendition

from cms.alt_text import is_description
from cms.blocks import BodyBlock
from cms.blocks.pictures import NOT_A_DESCRIPTION, PictureBlock
from cms.models import ArticlePage
from cms.renditions import SPECS
from tests.cms.blocks.bodies import make_image, picture
from tests.cms.blocks.rendering import render
from tests.counting import count_queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def clean(image, **chosen):
    block = PictureBlock()
    raw = {"image": {"image": image.pk, "alt_text": "", "decorative": False} | chosen}
    return block.clean(block.to_python(raw | {"caption": ""}))


def image_error(image, **chosen) -> list[str]:
    with pytest.raises(StructBlockValidationError) as caught:
        clean(image, **chosen)
    return caught.value.block_errors["image"].block_errors["alt_text"].messages


def sources(image) -> dict[str, str]:
    return {each.filter_spec: each.url for each in Rendition.objects.filter(image=image)}


def test_picture_is_offered_in_two_sizes_and_formats():
    image = make_image(size=(1200, 800))

    html = render("picture", picture(image, alt="开会", caption="现场"))

    urls = sources(image)
    webp = ", ".join(f"{urls[f'format-webp|width-{width}']} {width}w" for width in (480, 960))
    jpeg = ", ".join(f"{urls[f'format-jpeg|width-{width}']} {width}w" for width in (480, 960))
    sizes = "(min-width: 960px) 46rem, 100vw"
    assert html == (
        f'<figure> <picture><source sizes="{sizes}" srcset="{webp}" type="image/webp">'
        f'<img alt="开会" height="320" loading="lazy" sizes="{sizes}" '
        f'src="{urls["format-jpeg|width-480"]}" srcset="{jpeg}" width="480"></picture> '
        "<figcaption>现场</figcaption> </figure>"
    )


def test_decoration_has_an_empty_alternative():
    assert 'alt=""' in render("picture", picture(make_image(), alt=""))


def test_picture_that_was_deleted_leaves_nothing():
    image = make_image()
    raw = picture(image)
    image.delete()

    assert render("picture", raw) == ""


def test_gallery_is_a_list_of_pictures():
    image = make_image()
    single = render("picture", picture(image))

    html = render("gallery", {"pictures": [picture(image), picture(image)]})

    assert html == f'<ul class="gallery"> <li> {single} </li> <li> {single} </li> </ul>'


def test_alternative_text_is_required():
    assert image_error(make_image()) == ["请为您的图片添加替代文本，或将其标记为装饰性的。"]


@pytest.mark.parametrize("alt", ["IMG_2034.jpg", "微信图片_20240308", "图片 1"])
def test_name_of_a_file_is_no_alternative_text(alt):
    assert image_error(make_image(), alt_text=alt) == [NOT_A_DESCRIPTION]


def test_decoration_is_a_deliberate_choice():
    assert clean(make_image(), decorative=True)["image"].decorative


@pytest.mark.parametrize("text", ["妇女们在榕树下开会", "12338 热线海报", "图片里三位执委在入户"])
def test_description(text):
    assert is_description(text)


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", "现场.JPG", r"C:\图\1", "DSC01234", "20240308", "mmexport1709", "截图 (2)"],
        "图片包含 人, 室内 描述已自动生成",
    ],
)
def test_no_description(text):
    assert not is_description(text)


def test_a_flood_of_dashes_is_no_trouble():
    assert is_description("图片" + "-" * 100_000 + "说明")


def body_of(*raws) -> StreamValue:
    return BodyBlock().to_python([{"type": "picture", "value": raw} for raw in raws])


def test_one_picture_described_in_two_ways_keeps_both():
    image = make_image()
    twice = [picture(image, alt="远看"), picture(image, alt="近看")]
    body_of(*twice).render_as_block()

    html = body_of(*twice).render_as_block()

    assert [html.count(f'alt="{alt}"') for alt in ("远看", "近看")] == [1, 1]


@pytest.fixture
def article(column):
    def make(count: int) -> ArticlePage:
        shown = [picture(make_image(f"图{count}-{n}", size=(60, 40))) for n in range(count)]
        body = [{"type": "picture", "value": each} for each in shown]
        page = column.add_child(instance=ArticlePage(title=f"{count}", slug=f"n{count}", body=body))
        page.save_revision().publish()
        return page

    return make


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_publishing_makes_the_sizes_before_the_first_reader(article):
    article(1)

    assert sorted(Rendition.objects.values_list("filter_spec", flat=True)) == sorted(SPECS)


def test_queries_do_not_grow_with_pictures(client, article):
    one, many = article(1), article(30)

    assert count_queries(client, one.url) == count_queries(client, many.url)
