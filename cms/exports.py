"""Wagtail's lists and reports as files: of our writers, so that they are inert and bear the name of
who took them. Their times are local ones: Wagtail's are of UTC."""

from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from federations.workbooks.downloads import csv_lines, workbook_file
from members.own_sheets import stamp


def stream_csv(self, queryset):
    return csv_lines(_titles(self, queryset), _rows(self, queryset))


def write_xlsx(self, queryset, output):
    file = workbook_file(_("列表"), _titles(self, queryset), _rows(self, queryset))
    output.write(file.getbuffer())


def write_as_ours() -> None:
    """For every view that is or will be, of Wagtail's and of ours: they are methods of them all."""
    SpreadsheetExportMixin.stream_csv = stream_csv
    SpreadsheetExportMixin.write_xlsx = write_xlsx


def _titles(view, queryset) -> list[str]:
    return [view.get_heading(queryset, field) for field in view.list_export]


def _rows(view, queryset):
    for item in queryset:
        yield [_cell(view, field, value) for field, value in view.to_row_dict(item).items()]


def _cell(view, field: str, value):
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return stamp(value)
    return view.preprocess_field_value(field, value, view.FORMAT_CSV)
