"""What the page forms of all apps share."""

from wagtail.admin.forms.pages import WagtailAdminPageForm


class DraftAwareForm(WagtailAdminPageForm):
    """Knows whether it saves a draft: what is still missing is asked for at publishing only.

    Wagtail's own signal for that is the call that defers required fields.
    """

    is_draft = False

    def defer_required_fields(self):
        self.is_draft = True
        super().defer_required_fields()

    def restore_required_fields(self):
        self.is_draft = False
        super().restore_required_fields()
