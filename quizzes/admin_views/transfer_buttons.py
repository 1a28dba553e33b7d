"""The ways from the lists of questions and banks to import and export."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

# Of a list's address, what says nothing about which questions it shows.
NO_CHOICE = ("p", "ordering", "_w_filter_fragment")


class QuestionTransferMixin:
    """For the question list: exports what it shows."""

    @cached_property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            Button(_("导入试题"), url=self.import_url, icon_name="upload", priority=80),
            Button(_("导出这些题"), url=self.export_url, icon_name="download", priority=90),
        ]

    @property
    def import_url(self) -> str:
        bank = self.request.GET.get("bank", "")
        query = "?" + urlencode({"bank": bank}) if bank.isdecimal() else ""
        return reverse("import_upload") + query

    @property
    def export_url(self) -> str:
        shown = self.request.GET.copy()
        for name in NO_CHOICE:
            shown.pop(name, None)
        return reverse("question_export") + (f"?{shown.urlencode()}" if shown else "")


class BankTransferMixin:
    """For the list of banks: each can be filled from a file and written to one."""

    def get_list_more_buttons(self, instance):
        query = f"?bank={instance.pk}"
        ways = [
            (_("导入试题"), "import_upload", "upload", 80),
            (_("导出试题"), "question_export", "download", 90),
        ]
        return super().get_list_more_buttons(instance) + [
            Button(label, url=reverse(name) + query, icon_name=icon, priority=priority)
            for label, name, icon, priority in ways
        ]
