"""Wagtail's inspect view, for people: 是 and 否 instead of True and False, — for nothing."""

from django.utils.translation import gettext as _
from wagtail.admin.views import generic


class InspectView(generic.InspectView):
    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return _("是") if value else _("否")
        return "—" if value in (None, "") else value
