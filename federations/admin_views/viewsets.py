"""妇联与成员: the tree, appointments, accounts and staff roles."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from federations.admin_views.dashboard import CountSummaryItem
from federations.admin_views.inspection import InspectView
from federations.admin_views.policies import ALL_ROLES, MANAGERS, StaffPolicy
from federations.admin_views.roles import DeleteRoleView
from federations.admin_views.scoped import ScopedViewSetMixin
from federations.domain.appointments import remove_appointment
from federations.forms import (
    PHONE_TAKEN,
    AccountForm,
    AppointmentForm,
    EnrolmentForm,
    StaffRoleForm,
)
from federations.models import Appointment, Federation, StaffRole
from federations.people import accounts_in_care, members_in_scope, with_counted_appointment
from members.admin_views import FoundByMixin
from members.domain.audit import note_phone_view
from members.models import Member
from members.races import UniqueRaceMixin

FEDERATION_POLICY = StaffPolicy(Federation, roles_by_action={"view": ALL_ROLES})
APPOINTMENT_POLICY = StaffPolicy(
    Appointment,
    roles_by_action={"view": ALL_ROLES, "add": MANAGERS, "change": MANAGERS, "delete": ()},
)
ACCOUNT_POLICY = StaffPolicy(
    Member, roles_by_action={"view": ALL_ROLES, "add": MANAGERS, "change": MANAGERS}
)
STAFF_ROLE_POLICY = StaffPolicy(
    StaffRole,
    roles_by_action=dict.fromkeys(["view", "add", "change", "delete"], MANAGERS),
)


class FederationViewSet(ScopedViewSetMixin, ModelViewSet):
    """Read only: the tree is imported, and moving a node is not a matter of one form."""

    model = Federation
    icon = "site"
    menu_order = 100
    path_field = "path"
    list_display = ["name", "level", Column("parent", label=_("上级妇联")), "kind", "code"]
    list_filter = ["level"]
    list_per_page = 30
    ordering = "path"
    search_fields = ["name", "code"]
    inspect_view_enabled = True
    inspect_view_class = InspectView
    inspect_view_fields = ["name", "level", "parent", "kind", "code"]
    exclude_form_fields: list[str] = []
    add_to_reference_index = False

    class index_view_class(generic.IndexView):
        def get_base_queryset(self):
            return super().get_base_queryset().select_related("parent")


class AddView(UniqueRaceMixin, generic.CreateView):
    pass


class EditView(UniqueRaceMixin, generic.EditView):
    pass


class RemoveAppointmentView(generic.DeleteView):
    def delete_action(self):
        remove_appointment(appointment=self.object, by=self.request.user)


class AppointmentViewSet(ScopedViewSetMixin, ModelViewSet):
    model = Appointment
    icon = "tag"
    menu_order = 200
    list_display = [
        "member",
        "federation",
        "position",
        "term",
        "starts_on",
        "ends_on",
        BooleanColumn("is_counted", label=_("计入单位"), sort_key="is_counted"),
    ]
    list_filter = ["position", "is_counted"]
    list_per_page = 30
    ordering = ["federation__path", "pk"]
    search_fields = ["member__name", "federation__name", "term"]
    inspect_view_enabled = True
    inspect_view_class = InspectView
    inspect_view_fields = [
        "member",
        "federation",
        "position",
        "source",
        "term",
        "starts_on",
        "ends_on",
        "is_counted",
    ]
    add_to_reference_index = False
    add_view_class = AddView
    edit_view_class = EditView
    delete_view_class = RemoveAppointmentView

    class index_view_class(generic.IndexView):
        def get_base_queryset(self):
            return super().get_base_queryset().select_related("member", "federation")

    def get_form_class(self, for_update=False):
        return AppointmentForm


def name_counted_federation(member: Member) -> str:
    return "、".join(each.federation.title for each in member.counted_now)


class PhoneRaceMixin(UniqueRaceMixin):
    race_field, race_message = "phone", PHONE_TAKEN


class EnrolView(PhoneRaceMixin, generic.CreateView):
    """The form saves an appointment; what was made is a member."""

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs["for_user"] = self.request.user
        return kwargs

    def save_instance(self):
        return self.form.save()


class EditAccountView(PhoneRaceMixin, generic.EditView):
    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        note_phone_view(by=request.user, member=self.object)
        return response


class AccountViewSet(ScopedViewSetMixin, ModelViewSet):
    model = Member
    name = "accounts"
    menu_label = _("执委账号")
    icon = "group"
    menu_order = 300
    policy = ACCOUNT_POLICY
    list_display = [
        "name",
        Column("phone", label=_("手机号"), accessor="masked_phone"),
        Column("federation", label=_("计入单位"), accessor=name_counted_federation),
        BooleanColumn("is_active", label=_("启用"), sort_key="is_active"),
    ]
    list_filter = ["is_active"]
    list_per_page = 30
    ordering = ["name", "pk"]
    inspect_view_enabled = True
    inspect_view_class = InspectView
    inspect_view_fields = ["name", "masked_phone", "is_active", "date_joined"]
    add_view_class = EnrolView
    edit_view_class = EditAccountView
    add_to_reference_index = False

    class index_view_class(FoundByMixin, generic.IndexView):
        def get_base_queryset(self):
            return with_counted_appointment(super().get_base_queryset())

    def rows_for(self, user, action, rows=None):
        allowed = members_in_scope(user) if action == "view" else accounts_in_care(user)
        return allowed if rows is None else rows.filter(pk__in=allowed.values("pk"))

    def get_form_class(self, for_update=False):
        return AccountForm if for_update else EnrolmentForm


class StaffRoleViewSet(ScopedViewSetMixin, ModelViewSet):
    model = StaffRole
    icon = "key"
    menu_order = 400
    list_display = ["member", "role", "federation", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_per_page = 30
    ordering = ["federation__path", "pk"]
    search_fields = ["member__name", "federation__name"]
    add_to_reference_index = False
    add_view_class = AddView
    edit_view_class = EditView
    delete_view_class = DeleteRoleView

    class index_view_class(generic.IndexView):
        def get_base_queryset(self):
            return super().get_base_queryset().select_related("member", "federation")

    def get_form_class(self, for_update=False):
        return StaffRoleForm


class MemberCount(CountSummaryItem):
    order = 600
    label, icon, url_name = _("位执委和工作人员"), "group", "accounts:index"

    def is_shown(self):
        return ACCOUNT_POLICY.user_has_permission(self.request.user, "view")

    def get_rows(self):
        return members_in_scope(self.request.user)
