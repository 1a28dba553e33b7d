"""Accounts and their rights, for superusers alone: Wagtail's user administration, made to fit.

Wagtail expects a first and a last name; a member has one name.
"""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import (
    BooleanColumn,
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
)
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users

from members.domain import devices
from members.domain.accounts import SIGN_IN_FIELDS, follow_staffs_change
from members.domain.audit import note_phone_view, record
from members.domain.offices import (
    GROUP_NAMES,
    Office,
    OfficeConflict,
    check_offices,
    may,
    may_change_account,
    name_offices,
)
from members.models import Action, Member
from members.races import UniqueRaceMixin
from members.sessions import keep_only_this

KEPT = _("账号不能删除，她的任职和学习记录要保留。请改为停用：取消“启用”后她就不能登录。")
ONE_BY_ONE = _("权限请逐个账号修改：每次改动都要核对和留痕。")
ONE_OFFICE = _(
    "系统管理员、安全管理员、审计员要由三个账号分别担任，也不能改自己的权限。请换一个账号。"
)
RIGHTS = {"is_superuser", "groups"}
PHONE_TAKEN = _("这个手机号已经有账号。")


class AccountPolicy(BasePermissionPolicy):
    """Accounts are the system administrator's, the rights in them the security administrator's."""

    def user_has_permission(self, user, action):
        if action == "change":
            return may(user, Office.SYSTEM) or may(user, Office.SECURITY)
        return may(user, Office.SYSTEM)

    def users_with_any_permission(self, actions):
        names = [GROUP_NAMES[Office.SECURITY]]
        officers = Q(is_superuser=True) | Q(groups__name__in=names)
        return Member.objects.filter(officers, is_active=True).distinct()


class NameEmailForm(forms.ModelForm):
    """For the account page."""

    class Meta:
        model = Member
        fields = ["name", "email"]


class OneNameMixin(forms.Form):
    """Takes Wagtail's first and last name out of its forms; an e-mail address is optional."""

    first_name = None
    last_name = None
    email = forms.EmailField(required=False, label=_("电子邮箱"))
    error_messages = {
        "duplicate_username": PHONE_TAKEN,
        "password_mismatch": _("两次输入的密码不一样，请重新输入。"),
    }

    def __init__(self, *args, editor: Member, **kwargs):
        super().__init__(*args, **kwargs)
        self.editor = editor
        # Who is let into the admin must be able to sign in.
        self.fields["phone"].required = True
        if not may(editor, Office.SECURITY):
            self._close(RIGHTS)
        if not self._may_change_account():
            self._close(set(self.fields) - RIGHTS)
            del self.fields["phone"]

    def clean(self):
        cleaned = super().clean()
        if self.changes_rights and not self.errors:
            self._check_offices(cleaned)
        return cleaned

    @property
    def changes_rights(self) -> bool:
        return not RIGHTS.isdisjoint(self.changed_data)

    def save(self, commit=True):
        # A staff member may enter the admin; the groups say what she may do there.
        self.instance.is_staff = bool(
            self.cleaned_data.get("is_superuser", self.instance.is_superuser)
            or self.cleaned_data["groups"]
        )
        return super().save(commit)

    def _may_change_account(self) -> bool:
        if self.instance.pk is None:
            return may(self.editor, Office.SYSTEM)
        return may_change_account(self.editor, self.instance)

    def _close(self, names: set[str]) -> None:
        for name in names & set(self.fields):
            self.fields[name].disabled = True

    def _check_offices(self, cleaned: dict) -> None:
        is_superuser = cleaned.get("is_superuser", self.instance.is_superuser)
        names = [group.name for group in cleaned.get("groups", ())]
        held = name_offices(is_superuser=is_superuser, group_names=names)
        try:
            check_offices(by=self.editor, account=self.instance, held=held)
        except OfficeConflict:
            self.add_error(None, ONE_OFFICE)


class CreationForm(OneNameMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = ["phone", "name", "email", "is_superuser", "groups"]


class EditForm(OneNameMixin, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = ["phone", "name", "email", "is_active", "is_superuser", "groups"]


def keep_account(request, member):
    """before_delete_user: accounts are put out of use, their records stay."""
    messages.error(request, KEPT)
    return redirect(reverse("wagtailusers_users:edit", args=[member.pk]))


def keep_accounts(request, action_type, objects, action):
    """before_bulk_action: nothing is deleted, and officers are changed one by one, by who may."""
    if action.model is not Member:
        return None
    refused = {"delete": KEPT, "assign_role": ONE_BY_ONE}.get(action_type)
    if refused is None and not all(may_change_account(request.user, each) for each in objects):
        refused = ONE_BY_ONE
    if refused is None:
        return None
    messages.error(request, refused)
    return redirect(reverse("wagtailusers_users:index"))


def record_bulk_action(request, action_type, objects, result):
    """after_bulk_action"""
    for each in objects:
        if isinstance(each, Member):
            detail = {"bulk": action_type}
            record(action=Action.ACCOUNT_CHANGED, by=request.user, subject=each, detail=detail)


class AuditedFormMixin(UniqueRaceMixin):
    """Who changed an account, or the rights in it, is written down with the change."""

    race_field, race_message = "phone", PHONE_TAKEN

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"editor": self.request.user}

    def save_instance(self):
        changed = sorted(self.form.changed_data)
        action = Action.ROLE_CHANGED if self.form.changes_rights else Action.ACCOUNT_CHANGED
        account = super().save_instance()
        record(action=action, by=self.request.user, subject=account, detail={"fields": changed})
        return account


class AddView(AuditedFormMixin, users.CreateView):
    pass


class EditView(AuditedFormMixin, users.EditView):
    def get(self, request, *args, **kwargs):
        if may_change_account(request.user, self.object):
            note_phone_view(by=request.user, member=self.object)
        return super().get(request, *args, **kwargs)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.can_delete = False

    def save_instance(self):
        old = self.request.session.session_key
        instance = super().save_instance()
        if SIGN_IN_FIELDS.isdisjoint(self.form.changed_data):
            return instance
        if self.editing_self:
            devices.follow_key(old=old, new=self.request.session.session_key)
            self.request.user.refresh_from_db()
            keep_only_this(self.request, why="account")
        else:
            follow_staffs_change(
                account=instance,
                changed=self.form.changed_data,
                by=self.request.user,
                now=timezone.now(),
            )
        return instance


class FoundByMixin:
    """A list of members that is searched by name or number: a phone has no pieces to look for."""

    is_searchable = True

    def search_queryset(self, queryset):
        return queryset.found_by(self.search_query) if self.is_searching else queryset


class IndexView(FoundByMixin, users.IndexView):
    @cached_property
    def columns(self):
        title_column = self._get_title_column_class(users.UserColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            title_column("name", label=_("姓名"), sort_key="name", get_url=self.get_edit_url),
            Column("phone", label=_("手机号"), accessor="masked_phone"),
            BooleanColumn("is_superuser", label=_("系统管理员"), sort_key="is_superuser"),
            BooleanColumn("is_active", label=_("启用"), sort_key="is_active"),
            DateColumn("last_login", label=_("上次登录"), sort_key="last_login"),
        ]

    def get_delete_url(self, instance):
        return None

    def order_queryset(self, queryset):
        # Past Wagtail's own, which sorts by the last and the first name.
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(self.ordering, "pk")
        return super().order_queryset(queryset)


class UserViewSet(users.UserViewSet):
    menu_label = _("账号与权限")
    index_view_class = IndexView
    add_view_class = AddView
    edit_view_class = EditView
    copy_view_enabled = False
    template_prefix = "admin_users/"

    def get_form_class(self, for_update=False):
        return EditForm if for_update else CreationForm
