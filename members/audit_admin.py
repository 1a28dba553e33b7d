"""The audit trail in the admin: read, searched and taken away as a file, by the auditor alone."""

import django_filters
from django.apps import apps
from django.db.models import OuterRef, Subquery
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy

from members.domain.offices import GROUP_NAMES, Office, may
from members.models import Action, AuditEntry, Member


class AuditPolicy(BasePermissionPolicy):
    """Looking is all that anybody may; and only the auditor may look."""

    def user_has_permission(self, user, action):
        return action == "view" and may(user, Office.AUDIT)

    def users_with_any_permission(self, actions):
        auditors = Member.objects.filter(is_active=True, groups__name=GROUP_NAMES[Office.AUDIT])
        return auditors if "view" in actions else Member.objects.none()


class AuditFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("日期"), widget=DateRangePickerWidget)
    action = django_filters.MultipleChoiceFilter(label=_("操作"), choices=Action.choices)
    actor_id = django_filters.NumberFilter(label=_("操作人账号"))
    subject_id = django_filters.CharFilter(label=_("对象编号"))

    class Meta:
        model = AuditEntry
        fields = ["at", "action", "actor_id", "subject_id"]


def say_actor(entry: AuditEntry) -> str:
    if entry.actor_id is None:
        return ""
    return f"{entry.actor_name or _('（已注销）')}（{entry.actor_id}）"


def say_subject(entry: AuditEntry) -> str:
    """执委 884; a kind that a later version no longer has stays as it was written."""
    if not entry.subject_kind:
        return ""
    try:
        kind = apps.get_model(entry.subject_kind)._meta.verbose_name
    except LookupError:
        kind = entry.subject_kind
    return f"{kind} {entry.subject_id}"


def say_time(entry: AuditEntry) -> str:
    return localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")


def say_detail(entry: AuditEntry) -> str:
    return "；".join(f"{name}: {value}" for name, value in sorted(entry.detail.items()))


class AuditIndexView(generic.IndexView):
    page_title = _("审计记录")
    list_export = ["sequence", "at", "action", "actor_id", "subject_kind", "subject_id"]
    list_export += ["address", "device", "detail", "mac", "chain"]

    def get_base_queryset(self):
        name = Member.objects.filter(pk=OuterRef("actor_id")).values("name")
        return AuditEntry.objects.annotate(actor_name=Subquery(name))


class AuditViewSet(ModelViewSet):
    model = AuditEntry
    name = url_prefix = "audit"
    url_namespace = "audit"
    menu_label = _("审计记录")
    icon = "history"
    menu_order = 9000
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = AuditIndexView
    filterset_class = AuditFilterSet
    form_fields = ["action"]
    copy_view_enabled = False
    list_per_page = 50
    default_ordering = "-pk"
    list_display = [
        Column("at", label=_("时间"), accessor=say_time),
        Column("action", label=_("操作"), accessor="action_text"),
        Column("actor", label=_("操作人"), accessor=say_actor),
        Column("subject", label=_("对象"), accessor=say_subject),
        Column("address", label=_("来源地址"), accessor="address"),
        Column("detail", label=_("说明"), accessor=say_detail),
    ]

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: may(request.user, Office.AUDIT)
        return item
