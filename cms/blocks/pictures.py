"""Blocks of pictures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PictureBlock(blocks.StructBlock):
    # ImageBlock asks for alternative text, or for the editor's word that it is decoration.
    image = ImageBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("图注"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("图片")
        template = "components/blocks/picture.html"
