"""What an import tells the editor."""

from django.utils.translation import gettext as _

from cms.domain.word_import import Report


def taken_over(report: Report) -> list[str]:
    """One line for each kind of block, in the order of reading."""
    texts = {
        "heading": _("小标题 %d 个"),
        "subheading": _("次级标题 %d 个"),
        "paragraph": _("正文 %d 块"),
        "picture": _("图片 %d 张"),
        "table": _("表格 %d 个"),
        "quotation": _("引文 %d 处"),
    }
    lines = [text % report.blocks[kind] for kind, text in texts.items() if report.blocks.get(kind)]
    if report.collection:
        lines.append(_("图片存进了“%s”") % report.collection)
    return lines


def to_do(report: Report) -> list[str]:
    """What publishing will ask for."""
    lines = []
    if report.undescribed:
        lines.append(
            _("%d 张图还没有图片说明：一句话说图上是什么，或者勾选“只是装饰”。")
            % report.undescribed
        )
    if report.unnamed:
        lines.append(_("%d 个表格还没有标题，也请看一下首行是不是表头。") % report.unnamed)
    return lines
