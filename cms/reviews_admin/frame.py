"""What the pages of the reviews have in common."""

from datetime import datetime

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.reviews import READING_ROLES
from federations.editing import held_places

REASON_LENGTH = 1000


def may_enter(user) -> bool:
    """Editors, reviewers and managers; which rows, the queries say."""
    return user.is_superuser or bool(held_places(user, READING_ROLES))


class ReviewsView(WagtailAdminTemplateMixin, View):
    """`parents` are the pages above: (name of the URL, label)."""

    parents: tuple = ()
    header_icon = "tasks"

    def dispatch(self, request, *args, **kwargs):
        if not may_enter(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        above = [{"url": reverse(name), "label": label} for name, label in self.parents]
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), *above, here]

    def show(self, **context):
        return self.render_to_response(self.get_context_data(**context))


class SeenForm(forms.Form):
    """`revision` and `saved_at` are those of the text that she saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    saved_at = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def seen(self) -> tuple[int, datetime | None]:
        return self.cleaned_data["revision"], self.cleaned_data["saved_at"]

    def clean_saved_at(self):
        try:
            return parse_datetime(self.cleaned_data["saved_at"])
        except ValueError:
            return None


def as_seen(text: tuple[int, datetime]) -> dict:
    """What a SeenForm starts with."""
    revision_id, saved_at = text
    return {"revision": revision_id, "saved_at": saved_at.isoformat()}


def differences(request, page: Page, before: Page, after: Page) -> list:
    """What Wagtail's comparison finds changed between two texts of a page."""
    panel = page.get_edit_handler().get_bound_panel(instance=page, request=request, form=None)
    compared = [compare(before, after) for compare in panel.get_comparison()]
    return [each for each in compared if each.has_changed()]


def announce_publication(request, page: Page) -> None:
    """Other apps say what follows from a publication where Wagtail's own editor would call them."""
    for react in hooks.get_hooks("after_publish_page"):
        react(request, page)
