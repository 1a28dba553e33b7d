"""Blocks of words: headings, text, quotations."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from cms.blocks.groups import WORDS
from cms.richtext import TEXT_FEATURES, clean_rich_text, tidy


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "h2"
        group = WORDS
        label = _("小标题")
        description = _("把文章分成几段，读者看小标题就知道讲什么。")
        template = "components/blocks/heading.html"
        preview_value = _("遇到家暴，先做三件事")


class SubheadingBlock(blocks.CharBlock):
    class Meta:
        icon = "h3"
        group = WORDS
        label = _("次级标题")
        description = _("小标题下面再分一层。")
        template = "components/blocks/subheading.html"
        preview_value = _("第一件：打 110")


class TextBlock(blocks.RichTextBlock):
    """Rich text that is cleaned on every way in: form, import, code."""

    def __init__(self, features=TEXT_FEATURES, **kwargs):
        super().__init__(features=list(features), **kwargs)

    def to_python(self, value):
        return self._clean(value)

    def normalize(self, value):
        return self._clean(value.source if isinstance(value, RichText) else value)

    def value_from_form(self, value):
        return self._clean(value)

    def _clean(self, source) -> RichText:
        return RichText(tidy(clean_rich_text(str(source or ""), self.features)))

    class Meta:
        icon = "pilcrow"
        group = WORDS
        label = _("正文")
        description = _("一段或几段文字，可以加粗、列条目、加链接。")
        preview_value = _("<p>入户时先听她说完，再告诉她可以怎么办。<b>不替她做决定。</b></p>")


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("引文"))
    source = blocks.CharBlock(label=_("出处"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        group = WORDS
        label = _("引文")
        description = _("照原话引用一段，并写明出处。")
        template = "components/blocks/quotation.html"
        preview_value = {"text": _("妇女能顶半边天。"), "source": _("毛泽东")}
