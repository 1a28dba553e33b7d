"""What is still needed is not deleted: the answer is a sentence, not a server error."""

from django.contrib import messages
from django.db import models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

PAGE_IN_USE = _(
    "《%(title)s》已有学习记录或在学习任务里，不能删除。可以改为“取消发布”，记录会保留。"
)
KEEPERS = (models.PROTECT, models.RESTRICT)


def is_protected(rows: models.QuerySet, *, above: frozenset = frozenset()) -> bool:
    """Whether something refers to `rows`, or to what would go with them, and forbids deleting.

    It only asks what exists: Django's own collector would load every learning record.
    """
    for relation in _relations_to(rows.model):
        referring = relation.related_model._base_manager.filter(
            **{f"{relation.field.name}__in": rows}
        )
        if relation.on_delete in KEEPERS and referring.exists():
            return True
        is_new = relation.related_model not in above
        if relation.on_delete is models.CASCADE and is_new:
            path = above | {relation.related_model}
            if is_protected(referring, above=path):
                return True
    return False


def _relations_to(model):
    # Without the parents': pages are looked at from Page down, each kind once.
    fields = model._meta.get_fields(include_parents=False, include_hidden=True)
    reverse = [each for each in fields if each.auto_created and not each.concrete]
    return [each for each in reverse if each.one_to_one or each.one_to_many]


def subtree(page: Page):
    return Page.objects.descendant_of(page, inclusive=True)


def keep_used_page(request, page):
    """before_delete_page"""
    return _refuse(request, [page]) if is_protected(subtree(page)) else None


def keep_used_pages(request, action_type, objects, action):
    """before_bulk_action"""
    if action_type != "delete" or action.model is not Page:
        return None
    kept = [page for page in objects if is_protected(subtree(page))]
    return _refuse(request, kept) if kept else None


def _refuse(request, pages):
    for page in pages:
        messages.error(request, PAGE_IN_USE % {"title": page.get_admin_display_title()})
    return redirect(reverse("wagtailadmin_explore", args=[pages[0].get_parent().pk]))


class UnlessInUseMixin:
    """For a delete view: what is in use is not deleted, and the message says why."""

    in_use_message = ""

    def is_in_use(self) -> bool:
        return is_protected(self.model._base_manager.filter(pk=self.object.pk))

    def dispatch(self, request, *args, **kwargs):
        if self.is_in_use():
            messages.error(request, self.in_use_message)
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)
