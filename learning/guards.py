"""A page that a running plan requires stays published."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.guards import subtree
from learning.models import PlanItem, PlanKind

REQUIRED = _("它是学习任务“%(plan)s”的必修内容，请先从任务里移除。")
REQUIRED_BELOW = _("《%(title)s》是学习任务“%(plan)s”的必修内容，请先从任务里移除。")


def find_requirement(page: Page, *, with_descendants: bool) -> PlanItem | None:
    """The first item of a plan that is not frozen which asks for the page."""
    pages = subtree(page).live() if with_descendants else Page.objects.filter(pk=page.pk)
    items = PlanItem.objects.filter(
        page__in=pages, is_required=True, plan__frozen_at=None, plan__kind=PlanKind.TASK
    )
    return items.select_related("plan", "page").order_by("page__path", "plan_id").first()


def keep_required_page(request, page):
    """before_unpublish_page"""
    with_descendants = bool(request.POST.get("include_descendants"))
    item = find_requirement(page, with_descendants=with_descendants)
    if item is None:
        return None
    message = REQUIRED if item.page_id == page.pk else REQUIRED_BELOW
    messages.error(request, message % {"plan": item.plan, "title": item.page.title})
    return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
