from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.permissions import register_permission_policy

from members import own_data, own_sheets  # noqa: F401 they register hooks
from members.admin_views import (
    NameEmailForm,
    SuperuserPolicy,
    keep_account,
    keep_accounts,
)
from members.domain import retention  # noqa: F401 registers the rules
from members.models import Member

register_permission_policy(Member, SuperuserPolicy(Member), exact_class=True)

hooks.register("before_delete_user", keep_account)
hooks.register("before_bulk_action", keep_accounts)

# The account page has no setting for this form, and its own asks for a first and a last name.
NameEmailSettingsPanel.form_class = NameEmailForm
