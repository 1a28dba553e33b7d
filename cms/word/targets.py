"""Where a Word document may become a page."""

from django.urls import reverse
from wagtail.models import Page


def word_model(parent: Page, user) -> type[Page] | None:
    """The kind of page that a document becomes below `parent`; None where the user may add none."""
    parent = parent.specific
    if not parent.permissions_for_user(user).can_add_subpage():
        return None
    kinds = (
        model
        for model in parent.creatable_subpage_models()
        if getattr(model, "word_fields", None) is not None and model.can_create_at(parent)
    )
    return next(kinds, None)


def word_url(parent: Page, user) -> str:
    """Empty where the user may add none."""
    return reverse("word_import", args=[parent.pk]) if word_model(parent, user) else ""
