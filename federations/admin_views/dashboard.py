"""Figures on the dashboard."""

from django.urls import reverse
from wagtail.admin.site_summary import SummaryItem


class CountSummaryItem(SummaryItem):
    """A figure that leads to its list."""

    template_name = "admin_home/count_summary_item.html"
    label = icon = url_name = ""

    def get_rows(self):
        raise NotImplementedError

    def get_context_data(self, parent_context):
        return {
            "label": self.label,
            "icon": self.icon,
            "url": reverse(self.url_name),
            "count": self.get_rows().count(),
        }
