from allauth.mfa.models import Authenticator
from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.permissions import register_permission_policy

from members import own_data, own_sheets  # noqa: F401 they register hooks
from members.admin_views import (
    AccountPolicy,
    NameEmailForm,
    keep_account,
    keep_accounts,
    record_bulk_action,
)
from members.audit_admin import AuditPolicy, AuditViewSet
from members.domain import retention  # noqa: F401 registers the rules
from members.domain.devices import end_sessions
from members.domain.wechat import forget_wechat
from members.models import AuditEntry, Member
from members.second_factor_reset import admin_urls, listing_buttons

register_permission_policy(AuditEntry, AuditPolicy(AuditEntry), exact_class=True)
register_permission_policy(Member, AccountPolicy(Member), exact_class=True)

hooks.register("erase_member", forget_wechat)
hooks.register("before_delete_user", keep_account)
hooks.register("before_bulk_action", keep_accounts)
hooks.register("after_bulk_action", record_bulk_action)

# The account page has no setting for this form, and its own asks for a first and a last name.
NameEmailSettingsPanel.form_class = NameEmailForm

hooks.register("register_admin_urls", admin_urls)
hooks.register("register_user_listing_buttons", listing_buttons)


@hooks.register("erase_member")
def erase_ways_in(member, now):
    """Her sessions with their devices, and her second factor."""
    end_sessions(member=member, by=None, why="erased")
    Authenticator.objects.filter(user=member).delete()


@hooks.register("register_admin_viewset")
def register_audit_trail():
    return AuditViewSet()
