"""What the page forms of all apps share."""

from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from federations.editing import own_federation

# Buttons of the page editor that save in order to publish (cms.reviews_admin.editor).
PUBLISHING_ACTIONS = ("action-correct", "action-direct")


class DraftAwareForm(WagtailAdminPageForm):
    """Knows whether it saves a draft: what is still missing is asked for at publishing only.

    Wagtail's own signal for that is the call that defers required fields.
    """

    is_draft = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # The script fills it from the title a moment later than a quick hand publishes; an
            # empty one is made from the title by the page itself.
            self.fields["slug"].required = False
        if self.instance.pk is None and self.instance.federation is None and self.for_user:
            # A page belongs to the federation of the editor who begins it.
            self.instance.federation = own_federation(self.for_user)

    def defer_required_fields(self):
        if any(action in self.data for action in PUBLISHING_ACTIONS):
            return
        self.is_draft = True
        super().defer_required_fields()

    def restore_required_fields(self):
        self.is_draft = False
        super().restore_required_fields()


class DraftCopyForm(CopyForm):
    """A copy is a draft: it goes through the reviews itself, and aliases would not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ["publish_copies", "alias"]:
            self.fields.pop(name, None)
