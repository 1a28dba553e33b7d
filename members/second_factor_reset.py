"""Who lost phone and recovery codes: the system administrator resets her second factor."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.widgets.button import Button

from members import converters  # noqa: F401  (registers <id:…>)
from members.domain.offices import Office, may, may_change_account
from members.domain.second_factor import reset_second_factor
from members.models import Member


@require_http_methods(["GET", "POST"])
def reset(request, pk):
    """Asks first: whoever talked her into it gets at the account with the password alone."""
    if not may(request.user, Office.SYSTEM):
        raise PermissionDenied
    member = get_object_or_404(Member, pk=pk, is_staff=True)
    # Officers' go through `manage.py reset_second_factor`.
    if not may_change_account(request.user, member):
        raise PermissionDenied
    if member == request.user:
        messages.error(request, _("自己的两步验证在“账号与安全”里改，不在这里重置。"))
        return redirect("wagtailusers_users:index")
    if request.method == "GET":
        context = {"member": member, "page_title": _("重置两步验证"), "header_icon": "key"}
        return render(request, "admin_users/reset_second_factor.html", context)
    count = reset_second_factor(member=member, by=request.user)
    messages.success(request, _said(member, count))
    return redirect("wagtailusers_users:index")


def _said(member: Member, count: int) -> str:
    if not count:
        return _("%(name)s没有设置过两步验证，已让她的设备都退出登录。") % {"name": member.name}
    return _("已重置%(name)s的两步验证，她的设备都已退出登录。请她重新登录并设置。") % {
        "name": member.name
    }


def admin_urls():
    """register_admin_urls"""
    return [path("accounts/<id:pk>/second-factor/", reset, name="reset_second_factor")]


def listing_buttons(user, request_user):
    """register_user_listing_buttons: for each row, so the page itself asks what costs a query."""
    if user.is_staff and request_user.is_superuser and user != request_user:
        url = reverse("reset_second_factor", args=[user.pk])
        yield Button(_("重置两步验证"), url=url, icon_name="key", priority=30)
