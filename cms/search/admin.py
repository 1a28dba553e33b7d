"""没搜到的词 in the admin: every editor reads them, the province's say what is done."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from cms.models import SearchMiss
from federations.admin_views.policies import StaffPolicy
from federations.editing import EDITING_ROLES, edits_whole_platform


class MissPolicy(StaffPolicy):
    def user_has_permission(self, user, action) -> bool:
        may = super().user_has_permission(user, action)
        return may and (action == "view" or edits_whole_platform(user))


# They come from readers: nobody adds one.
MISS_POLICY = MissPolicy(
    SearchMiss, roles_by_action=dict.fromkeys(["view", "change", "delete"], EDITING_ROLES)
)


class SearchMissViewSet(ModelViewSet):
    model = SearchMiss
    icon = "search"
    menu_order = 600
    list_display = [
        "text",
        "count",
        DateColumn("last_at", label=_("最近一次"), sort_key="last_at"),
        BooleanColumn("is_done", label=_("处理好了"), sort_key="is_done"),
    ]
    list_filter = ["is_done"]
    list_export = ["text", "count", "last_at", "is_done"]
    search_fields = ["text"]
    search_backend_name = None
    form_fields = ["is_done"]
    copy_view_enabled = False
