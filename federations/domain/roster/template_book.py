"""The empty roster to fill in: the columns, what belongs into each, and an example."""

from io import BytesIO

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from federations.domain.roster.scratch import SHOWN
from federations.models import Position
from federations.workbooks.writing import INERT


def template_book(example_place: str) -> BytesIO:
    """`example_place`: how a federation of hers is written, as the example has it."""
    file = BytesIO()
    with Workbook(file, INERT | {"constant_memory": False, "in_memory": True}) as book:
        sheet = book.add_worksheet(_("花名册"))
        sheet.freeze_panes(1, 0)
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for column, title in enumerate(SHOWN):
            # Text throughout: nothing turns a phone into 1.38E+10 or a code into a number.
            sheet.set_column(column, column, 18, text)
            sheet.write_string(0, column, title, bold)
            sheet.write_comment(0, column, column_notes()[title])
        _write_notes(book, example_place, bold)
    file.seek(0)
    return file


def _write_notes(book: Workbook, example_place: str, bold) -> None:
    """On a sheet of their own, so that no example is imported by mistake."""
    sheet = book.add_worksheet(_("怎样填"))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 30)
    for column, title in enumerate([_("列"), _("说明"), _("例子")]):
        sheet.write_string(0, column, title, bold)
    examples = ["陈秀英", "13800138000", example_place, "执委", "2024-01-01", "第五届", "", ""]
    for line, (title, example) in enumerate(zip(SHOWN, examples, strict=True), start=1):
        for column, cell in enumerate([title, column_notes()[title], example]):
            sheet.write_string(line, column, cell)


def column_notes() -> dict[str, str]:
    """What belongs into each column, in their order."""
    positions = "、".join(Position.values)
    notes = [
        _("必填。"),
        _("11 位数字。没有手机号的可以空着，按姓名和单位认人。"),
        _("必填。区划代码，或者从上到下写全：市/县区/镇街/村。不重名的只写名称也可以。"),
        _("必填，以下之一：%(positions)s。") % {"positions": positions},
        _("必填，写成 2024-01-01。"),
        _("可以不填，例如“第五届”。"),
        _("还在任的不填；离任的写成 2024-12-31。"),
        _("是或否。不填时：她只有这一个任职就算“是”。每人只能有一个“是”。"),
    ]
    return dict(zip(SHOWN, notes, strict=True))
