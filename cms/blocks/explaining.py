"""Blocks that explain: questions with answers, steps, tables."""

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.compare import BlockComparison, diff_text
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock

from cms.blocks.groups import WORDS
from cms.blocks.text import TextBlock

NEEDS_CAPTION = _("请写表格标题：一句话说这张表是什么。")
NEEDS_HEADER = _("请选“首行作为表头”：读屏软件靠表头告诉人每一格是什么。")
HEADED = {"row", "both"}


# Handsontable's own words are English.
MENU = {
    "row_above": _("在上面加一行"),
    "row_below": _("在下面加一行"),
    "col_left": _("在左边加一列"),
    "col_right": _("在右边加一列"),
    "remove_row": _("删除行"),
    "remove_col": _("删除列"),
    "mergeCells": _("合并或拆分单元格"),
    "undo": _("撤销"),
    "redo": _("恢复"),
}
TABLE_OPTIONS = {
    # Otherwise the merged cells of an import would fall apart at the first change.
    "mergeCells": True,
    "contextMenu": {"items": {key: {"name": name} for key, name in MENU.items()}},
}


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("问"), max_length=120)
    answer = TextBlock(label=_("答"))


class QuestionsBlock(blocks.StructBlock):
    items = blocks.ListBlock(QuestionBlock(label=_("一问一答")), label=_("问答"), min_num=1)

    class Meta:
        icon = "help"
        group = WORDS
        label = _("问答")
        description = _("姐妹们常问的问题，一问一答。")
        template = "components/blocks/questions.html"
        preview_value = {
            "items": [
                {
                    "question": _("申请人身安全保护令要交钱吗？"),
                    "answer": _("<p>不交。向法院申请不收费用。</p>"),
                }
            ]
        }


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("做什么"), max_length=60)
    text = TextBlock(label=_("怎么做"), required=False)


class StepsBlock(blocks.StructBlock):
    items = blocks.ListBlock(StepBlock(label=_("一步")), label=_("步骤"), min_num=2)

    class Meta:
        icon = "list-ol"
        group = WORDS
        label = _("步骤")
        description = _("办一件事的先后步骤，自动编号。")
        template = "components/blocks/steps.html"
        preview_value = {
            "items": [
                {"title": _("先报警"), "text": _("<p>打 110，说清地点和谁在场。</p>")},
                {"title": _("留证据"), "text": _("<p>拍照，保存病历和报警回执。</p>")},
            ]
        }


class TableComparison(BlockComparison):
    """A new table as a table, a changed one as lines; Wagtail's own shows how it is stored."""

    def htmlvalue(self, val):
        return self.block.render(val) if val else ""

    def htmldiff(self):
        lines = diff_text(_in_lines(self.val_a), _in_lines(self.val_b)).to_html()
        return format_html('<div class="comparison-lines">{}</div>', lines)


def _in_lines(table: dict | None) -> str:
    rows = [" | ".join(str(cell or "") for cell in row) for row in (table or {}).get("data", [])]
    return "\n".join([(table or {}).get("table_caption") or "", *rows])


class TableBlock(WagtailTableBlock):
    """With a caption and a header row; cells can be pasted from Excel or WPS."""

    def __init__(self, **kwargs):
        super().__init__(table_options=TABLE_OPTIONS, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value or self.is_deferred_validation:
            return value
        if not any(str(cell or "").strip() for row in value.get("data", []) for cell in row):
            raise ValidationError(_("表格是空的。请填写，或者删掉这一块。"))
        if not (value.get("table_caption") or "").strip():
            raise ValidationError(NEEDS_CAPTION)
        if value.get("table_header_choice") not in HEADED:
            raise ValidationError(NEEDS_HEADER)
        return value

    def get_searchable_content(self, value):
        caption = (value or {}).get("table_caption")
        return [*filter(None, [caption]), *super().get_searchable_content(value)]

    def get_comparison_class(self):
        return TableComparison

    class Meta:
        icon = "table"
        group = WORDS
        label = _("表格")
        description = _("可以从 Excel、WPS 里复制粘贴。要有标题和表头。")
        template = "components/blocks/table.html"
        preview_value = {
            "data": [
                [_("事项"), _("找谁")],
                [_("家庭暴力"), _("派出所、妇联")],
                [_("赡养"), _("司法所")],
            ],
            "table_caption": _("遇到事情找谁"),
            "table_header_choice": "row",
            "first_row_is_table_header": True,
        }
