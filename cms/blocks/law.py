"""An article of a law, word for word."""

from datetime import date

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from cms.blocks.groups import REFERENCE

ARTICLE_NUMBER = RegexValidator(
    r"^第[〇零一二三四五六七八九十百千0-9]+条(之[一二三四五六七八九十0-9]+)?$",
    _("请写成“第二十三条”或“第二十三条之一”。"),
)


class LawArticle(blocks.StructValue):
    @property
    def title(self) -> str:
        """《中华人民共和国反家庭暴力法》"""
        return f"《{self['law'].strip('《》')}》" if self["law"] else ""

    @property
    def paragraphs(self) -> list[str]:
        """款: one to a line."""
        return [line.strip() for line in self["text"].splitlines() if line.strip()]

    @property
    def full_text(self) -> Page | None:
        page = self.get("page")
        return page if page and page.live else None


class LawArticleBlock(blocks.StructBlock):
    """The knowledge base keeps one of them for each article of a law; an address points there."""

    law = blocks.CharBlock(label=_("法律名称"), max_length=100, help_text=_("不用写书名号。"))
    number = blocks.CharBlock(
        label=_("条"), max_length=20, validators=[ARTICLE_NUMBER], help_text=_("如“第二十三条”。")
    )
    text = blocks.TextBlock(label=_("条文"), help_text=_("原文照录，一款一段。"))
    # The parts of a code carry no date of their own.
    effective_on = blocks.DateBlock(label=_("施行日期"), required=False)
    page = blocks.PageChooserBlock(
        label=_("知识库里的全文"),
        required=False,
        page_type="knowledge_base.KnowledgePage",
        help_text=_("选了就给读者一个“看全文”的链接。"),
    )

    class Meta:
        icon = "clipboard-list"
        group = REFERENCE
        label = _("法条")
        description = _("一条法律原文，写明哪部法、第几条、何时施行。")
        template = "components/blocks/law_article.html"
        value_class = LawArticle
        preview_value = {
            "law": _("反家庭暴力法"),
            "number": _("第二十三条"),
            "text": _(
                "当事人因遭受家庭暴力或者面临家庭暴力的现实危险，向人民法院申请人身安全保护令的，"
                "人民法院应当受理。"
            ),
            "effective_on": date(2016, 3, 1),
        }
