"""Wagtail's lists and reports as CSV: a title that begins like a formula stays a title.

Its .xlsx is inert by itself; its .csv hands every cell on as it was typed.
"""

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from federations.workbooks.downloads import inert


def write_csv_row(self, writer, row_dict):
    cells = {
        field: self.preprocess_field_value(field, value, self.FORMAT_CSV)
        for field, value in row_dict.items()
    }
    return writer.writerow({field: inert(value) for field, value in cells.items()})


def make_inert() -> None:
    """For every view that is or will be, of Wagtail's and of ours: it is one method of them all."""
    SpreadsheetExportMixin.write_csv_row = write_csv_row
