"""The blocks that editors write articles and knowledge entries with."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("小标题")
        template = "components/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    # ImageBlock asks for alternative text, or for the editor's word that it is decoration.
    image = ImageBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("图注"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("图片")
        template = "components/blocks/picture.html"


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("引文"))
    source = blocks.CharBlock(label=_("出处"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("引文")
        template = "components/blocks/quotation.html"


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock(max_length=60)
    paragraph = blocks.RichTextBlock(
        label=_("正文"),
        icon="pilcrow",
        features=["h3", "bold", "ol", "ul", "link", "document-link"],
    )
    picture = PictureBlock()
    quotation = QuotationBlock()

    class Meta:
        label = _("正文")
