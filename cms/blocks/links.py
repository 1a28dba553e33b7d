"""Blocks that lead on: a file to take home, a link card, a quiz."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from cms.blocks.groups import PRACTICE, REFERENCE
from cms.cards import cards_for

ONE_TARGET = _("填网址，或者选本站页面，两样选一样。")
HTTPS = URLValidator(schemes=["https"], message=_("请填完整的网址，以 https:// 开头。"))


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("文件"))
    title = blocks.CharBlock(
        label=_("名称"), required=False, max_length=80, help_text=_("不填就用文件自己的标题。")
    )

    class Meta:
        icon = "download"
        group = REFERENCE
        label = _("下载")
        description = _("表格、文书样本等文件，会写明格式和大小。")
        template = "components/blocks/download.html"


class LinkCard(blocks.StructValue):
    @property
    def target(self) -> str:
        """Empty when the page that it led to is not to be seen any more."""
        page = self.get("page")
        if page:
            return page.url if page.live else ""
        return self.get("url") or ""

    @property
    def host(self) -> str:
        """Where the reader will be; empty for a page of this site."""
        return "" if self.get("page") else urlsplit(self.get("url") or "").hostname or ""


class LinkCardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("名称"), max_length=60)
    description = blocks.TextBlock(label=_("说明"), required=False, max_length=120, rows=2)
    url = blocks.URLBlock(
        label=_("网址"), required=False, validators=[HTTPS], help_text=_("只收 https:// 的网址。")
    )
    page = blocks.PageChooserBlock(label=_("或者选本站页面"), required=False)

    def clean(self, value):
        value = super().clean(value)
        both, neither = value["url"] and value["page"], not value["url"] and not value["page"]
        if both or (neither and not self.is_deferred_validation):
            raise StructBlockValidationError(block_errors={"url": ValidationError(ONE_TARGET)})
        return value

    class Meta:
        icon = "link"
        group = PRACTICE
        label = _("链接卡片")
        description = _("一张醒目的卡片，点了去办事网站或本站的页面。")
        template = "components/blocks/link_card.html"
        value_class = LinkCard
        preview_value = {
            "title": _("广东政务服务网"),
            "description": _("网上办事，一次办成。"),
            "url": "https://www.gdzwfw.gov.cn/",
        }


class QuizBlock(blocks.StructBlock):
    """A quiz's card, for whoever may open the quiz; others see nothing of it."""

    page = blocks.PageChooserBlock(label=_("测验"), page_type="quizzes.QuizPage")

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        page = value["page"]
        if "quiz_cards" not in context:
            # Alone, as in an editor's preview; a body reads the cards of all its quizzes at once.
            context["quiz_cards"] = read_quiz_cards([value], context.get("request"))
        context["card"] = context["quiz_cards"].get(page.pk) if page else None
        return context

    class Meta:
        icon = "tasks"
        group = PRACTICE
        label = _("测验")
        description = _("读完接着做的测验。读者没有权限时不显示。")
        template = "components/blocks/quiz.html"


def read_quiz_cards(values, request) -> dict:
    pages = [value["page"].pk for value in values if value["page"]]
    return cards_for(request, pages) if request else {}
