"""How a course is laid out: sections with lessons and quizzes, in the editor's order."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class OutlineItemBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(
        label=_("微课或测验"), page_type=["courses.LessonPage", "quizzes.QuizPage"]
    )
    is_required = blocks.BooleanBlock(
        label=_("必学"), default=True, required=False, help_text=_("不勾就是选学，不影响学完。")
    )


class SectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("节名"), max_length=40)
    items = blocks.ListBlock(OutlineItemBlock(label=_("内容")), label=_("内容"), collapsed=False)

    class Meta:
        icon = "list-ul"
        label = _("一节")


class OutlineBlock(blocks.StreamBlock):
    section = SectionBlock()
