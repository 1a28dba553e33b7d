"""Forms of the admin: appointments, accounts and staff roles, limited to what the user manages."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from federations.admin_views.choosers import FederationChooser, MemberChooser
from federations.domain.accounts import save_account
from federations.domain.appointments import save_appointment
from federations.domain.enrolment import enrol_member
from federations.domain.roles import save_role
from federations.models import Appointment, StaffRole, StaffRoleType
from federations.people import members_in_scope
from federations.scope import staff_federations
from members.models import Member, validate_phone

OUT_OF_SCOPE = _("请选择您管理范围内的妇联。")
FEDERATION_ERRORS = {"invalid_choice": OUT_OF_SCOPE, "required": _("请选择妇联。")}
MEMBER_ERRORS = {"invalid_choice": _("请选择您管理范围内的人员。"), "required": _("请选择人员。")}
PHONE_TAKEN = _("这个手机号已经登记过。请核对号码；如果是同一个人，请由上级妇联添加她的任职。")


class ManagedForm(WagtailAdminModelForm):
    """A form whose federation, and whose person, must lie in the user's managed scope."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "federation" in self.fields:
            self.fields["federation"].queryset = managed_federations(self.for_user)
        if "member" in self.fields:
            self.fields["member"].queryset = members_in_scope(
                self.for_user, roles=(StaffRoleType.MANAGER,)
            )


def managed_federations(user):
    return staff_federations(user, roles=(StaffRoleType.MANAGER,))


class AppointmentForm(ManagedForm):
    class Meta:
        model = Appointment
        fields = [
            "member",
            "federation",
            "position",
            "term",
            "source",
            "starts_on",
            "ends_on",
            "is_counted",
        ]
        widgets = {"member": MemberChooser, "federation": FederationChooser}
        error_messages = {"member": MEMBER_ERRORS, "federation": FEDERATION_ERRORS}
        help_texts = {
            "term": _("例如：第十三届。"),
            "ends_on": _("还在任就不填。"),
            "is_counted": _("一个人可以有几个任职，只在一个单位计数。"),
        }

    def clean(self):
        cleaned = super().clean()
        overlapping = self._find_overlapping(cleaned)
        if overlapping is not None:
            self.add_error("starts_on", self._explain_overlap(overlapping))
        return cleaned

    def save(self, commit=True):
        return save_appointment(appointment=super().save(commit=False), by=self.for_user)

    def _find_overlapping(self, cleaned) -> Appointment | None:
        """The same person in the same position of the same federation, at the same time."""
        member, federation = cleaned.get("member"), cleaned.get("federation")
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if not (member and federation and starts_on):
            return None
        same = Appointment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on),
            member=member,
            federation=federation,
            position=cleaned.get("position"),
        ).exclude(pk=self.instance.pk)
        return same.filter(starts_on__lte=ends_on).first() if ends_on else same.first()

    def _explain_overlap(self, other: Appointment) -> str:
        until = other.ends_on or _("至今")
        return _("任期和她已有的同一任职（%(start)s 至 %(end)s）重叠，请改日期或修改原来那条。") % {
            "start": other.starts_on,
            "end": until,
        }


class AccountForm(ManagedForm):
    """Name, phone and whether the account works; where she serves is her appointments' matter."""

    class Meta:
        model = Member
        fields = ["name", "phone", "is_active"]
        error_messages = {"phone": {"unique": PHONE_TAKEN}}
        help_texts = {
            "phone": _("用来登录。改号之后，她的设备都会退出登录，新号码要重新验证。"),
            "is_active": _("取消后她不能登录，记录保留。"),
        }

    def clean_phone(self):
        return self.cleaned_data["phone"] or None

    def save(self, commit=True):
        account = super().save(commit=False)
        return save_account(
            account=account, changed=self.changed_data, by=self.for_user, now=timezone.now()
        )


class EnrolmentForm(ManagedForm):
    """A new member with her first appointment: without one she would be in nobody's scope."""

    name = Member._meta.get_field("name").formfield()
    phone = forms.CharField(
        label=_("手机号"), required=False, max_length=11, validators=[validate_phone]
    )

    class Meta:
        model = Appointment
        fields = ["federation", "position", "term", "source", "starts_on"]
        widgets = {"federation": FederationChooser, "starts_on": AdminDateInput}
        error_messages = {"federation": FEDERATION_ERRORS}

    field_order = ["name", "phone", "federation", "position", "term", "source", "starts_on"]

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and Member.objects.filter(phone=phone).exists():
            raise forms.ValidationError(PHONE_TAKEN)
        return phone or None

    def save(self, commit=True):
        entered = {field: self.cleaned_data[field] for field in self.field_order}
        return enrol_member(**entered, by=self.for_user)


class StaffRoleForm(ManagedForm):
    class Meta:
        model = StaffRole
        fields = ["member", "federation", "role", "starts_on", "ends_on"]
        widgets = {"member": MemberChooser, "federation": FederationChooser}
        error_messages = {"member": MEMBER_ERRORS, "federation": FEDERATION_ERRORS}
        help_texts = {
            "federation": _("角色对这个妇联和它下面各级都有效。"),
            "ends_on": _("不填就长期有效。"),
        }

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("结束日期不能早于开始日期。"))
        return cleaned

    def save(self, commit=True):
        role = super().save(commit=False)
        return save_role(role=role, by=self.for_user)
