"""What an article or a knowledge entry is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.explaining import QuestionsBlock, StepsBlock, TableBlock
from cms.blocks.law import LawArticleBlock
from cms.blocks.links import DownloadBlock, LinkCardBlock, QuizBlock, read_quiz_cards
from cms.blocks.pictures import GalleryBlock, PictureBlock, pictures_in
from cms.blocks.recordings import AudioBlock, VideoBlock
from cms.blocks.text import HeadingBlock, QuotationBlock, SubheadingBlock, TextBlock
from cms.renditions import read_renditions


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock(max_length=60)
    subheading = SubheadingBlock(max_length=60)
    paragraph = TextBlock(features=["h3", "bold", "ol", "ul", "link", "document-link"])
    questions = QuestionsBlock()
    steps = StepsBlock()
    quotation = QuotationBlock()
    table = TableBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    audio = AudioBlock()
    law_article = LawArticleBlock()
    download = DownloadBlock()
    link_card = LinkCardBlock()
    quiz = QuizBlock()

    def render_basic(self, value, context=None):
        """Reads at once what its blocks would read one by one."""
        read_renditions(pictures_in(value))
        context = dict(context or {})
        quizzes = [child.value for child in value if child.block_type == "quiz"]
        context["quiz_cards"] = read_quiz_cards(quizzes, context.get("request"))
        return super().render_basic(value, context=context)

    class Meta:
        label = _("正文")
