"""What an article or a knowledge entry is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.law import LawArticleBlock
from cms.blocks.pictures import PictureBlock
from cms.blocks.text import HeadingBlock, QuotationBlock


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock(max_length=60)
    paragraph = blocks.RichTextBlock(
        label=_("正文"),
        icon="pilcrow",
        features=["h3", "bold", "ol", "ul", "link", "document-link"],
    )
    picture = PictureBlock()
    quotation = QuotationBlock()
    law_article = LawArticleBlock()

    class Meta:
        label = _("正文")
