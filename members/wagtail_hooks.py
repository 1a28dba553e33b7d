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
from members.models import AuditEntry, Member

register_permission_policy(AuditEntry, AuditPolicy(AuditEntry), exact_class=True)
register_permission_policy(Member, AccountPolicy(Member), exact_class=True)

hooks.register("before_delete_user", keep_account)
hooks.register("before_bulk_action", keep_accounts)
hooks.register("after_bulk_action", record_bulk_action)

# The account page has no setting for this form, and its own asks for a first and a last name.
NameEmailSettingsPanel.form_class = NameEmailForm


@hooks.register("register_admin_viewset")
def register_audit_trail():
    return AuditViewSet()
