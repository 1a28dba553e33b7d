"""Blocks of pictures. Each says in words what it shows, or that it is decoration."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock, ImageBlockComparison
from wagtail.images.models import AbstractImage

from cms.alt_text import is_description
from cms.blocks.groups import PICTURES

NOT_A_DESCRIPTION = _("这像是文件名。请用一句话说图上是什么，或者勾选“只是装饰”。")
MOST_IN_GALLERY = 12
CAPTION = {"label": _("图注"), "required": False, "max_length": 120}


class PictureChoiceComparison(ImageBlockComparison):
    """The picture and what is said of it; Wagtail's own shows True and False."""

    def htmlvalue(self, val):
        facts = val if isinstance(val, dict) else self.block._image_to_struct_value(val)
        return super().htmlvalue(_in_words(facts))

    def htmldiff(self):
        self.val_a, self.val_b = _in_words(self.val_a), _in_words(self.val_b)
        return super().htmldiff()


def _in_words(val: dict) -> dict:
    return dict(val) | {"decorative": _("是") if val["decorative"] else _("否")}


class PictureChoiceBlock(ImageBlock):
    """Asks for alternative text, or for the editor's word that the picture is decoration."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        decorative, alt_text = self.child_blocks["decorative"], self.child_blocks["alt_text"]
        self.child_blocks["image"].label = _("选图")
        decorative.label = _("只是装饰，不用说明")
        alt_text.label = _("图片说明")
        alt_text.field.help_text = _("给看不见图的人听：图上是谁、在做什么、写着什么。")

    def clean(self, value):
        value = super().clean(value)
        words = value.contextual_alt_text if value and not value.decorative else ""
        if words and not self.is_deferred_validation and not is_description(words):
            raise StructBlockValidationError(
                block_errors={"alt_text": ValidationError(NOT_A_DESCRIPTION)}
            )
        return value

    def get_comparison_class(self):
        return PictureChoiceComparison


class PictureBlock(blocks.StructBlock):
    image = PictureChoiceBlock(label=_("图片"))
    caption = blocks.CharBlock(**CAPTION)

    class Meta:
        icon = "image"
        group = PICTURES
        label = _("图片")
        description = _("一张图，可以加图注。要写图片说明，读屏软件会念给看不见的人听。")
        template = "components/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(
        PictureBlock(label=_("图片")),
        label=_("图片"),
        min_num=2,
        max_num=MOST_IN_GALLERY,
        collapsed=False,
    )

    class Meta:
        icon = "grid"
        group = PICTURES
        label = _("图集")
        description = _("2 至 12 张图排在一起，适合活动照片。")
        template = "components/blocks/gallery.html"


def pictures_in(body: Iterable) -> Iterator[AbstractImage]:
    """The pictures of a body's blocks."""
    for child in body:
        if child.block_type == "picture":
            shown = [child.value]
        else:
            shown = child.value["pictures"] if child.block_type == "gallery" else []
        yield from (each["image"] for each in shown if each["image"])
