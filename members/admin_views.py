"""Accounts and their rights, for superusers alone: Wagtail's user administration, made to fit.

Wagtail expects a first and a last name; a member has one name.
"""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
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
from members.models import Member
from members.races import UniqueRaceMixin
from members.sessions import keep_only_this

KEPT = _("账号不能删除，她的任职和学习记录要保留。请改为停用：取消“启用”后她就不能登录。")
PHONE_TAKEN = _("这个手机号已经有账号。")


class SuperuserPolicy(BasePermissionPolicy):
    """Accounts and groups are the keys to everything: superusers only, in bulk actions as well."""

    def user_has_permission(self, user, action):
        return user.is_active and user.is_superuser

    def users_with_any_permission(self, actions):
        return Member.objects.filter(is_active=True, is_superuser=True)


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Who is let into the admin must be able to sign in.
        self.fields["phone"].required = True

    def save(self, commit=True):
        # A staff member may enter the admin; the groups say what she may do there.
        self.instance.is_staff = bool(
            self.cleaned_data.get("is_superuser", self.instance.is_superuser)
            or self.cleaned_data["groups"]
        )
        return super().save(commit)


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
    """before_bulk_action"""
    if action_type != "delete" or action.model is not Member:
        return None
    messages.error(request, KEPT)
    return redirect(reverse("wagtailusers_users:index"))


class AddView(UniqueRaceMixin, users.CreateView):
    race_field, race_message = "phone", PHONE_TAKEN


# What lets somebody in, or lets her do more: whoever is in by the old one is out.
SIGN_IN_FIELDS = {"phone", "password1", "is_active", "is_superuser", "groups"}


class EditView(UniqueRaceMixin, users.EditView):
    race_field, race_message = "phone", PHONE_TAKEN

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
            devices.end_sessions(member=instance, by=self.request.user, why="account")
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
