"""The page editor: what its menu offers, and what follows when a page was saved."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import action_menu
from wagtail.models import WorkflowState

from cms.domain.reviews.people import find_obstacle, may_correct
from cms.domain.reviews.rounds import current_state, restart_if_changed
from cms.models import ReviewTaskState

DROPPED = (
    action_menu.PublishMenuItem,
    action_menu.RestartWorkflowMenuItem,
    action_menu.CancelWorkflowMenuItem,
    action_menu.SubmitForModerationMenuItem,
)


class SubmitItem(action_menu.SubmitForModerationMenuItem):
    def get_context_data(self, parent_context):
        return super().get_context_data(parent_context) | {"label": _("提交审核")}


class WithdrawItem(action_menu.CancelWorkflowMenuItem):
    label = gettext_lazy("撤回审核")


class ReviewItem(action_menu.ActionMenuItem):
    """For whoever may decide: the way to the page where she does."""

    name = "action-review"
    label = gettext_lazy("去审校")
    icon_name = "tasks"

    def is_shown(self, context):
        state = _state_in(context)
        may = state and not state.is_held
        return bool(may) and find_obstacle(state, context["request"].user) is None

    def get_url(self, context):
        return reverse("review", args=[_state_in(context).pk])


class CorrectItem(action_menu.ActionMenuItem):
    name = "action-correct"
    label = gettext_lazy("紧急更正…")
    icon_name = "warning"

    def is_shown(self, context):
        page = context.get("page")
        is_live = context["view"] == "edit" and page.live and not context["locked_for_user"]
        return is_live and may_correct(context["request"].user, page.federation)


class DirectItem(action_menu.ActionMenuItem):
    name = "action-direct"
    label = gettext_lazy("不经三审直接发布…")
    icon_name = "upload"

    def is_shown(self, context):
        is_open = context["view"] == "edit" and not context["locked_for_user"]
        return is_open and context["request"].user.is_superuser


ITEMS = (
    ReviewItem(order=10),
    SubmitItem(order=15),
    WithdrawItem(order=40),
    CorrectItem(order=50),
    DirectItem(order=60),
)


def arrange_actions(menu_items, request, context):
    """construct_page_action_menu"""
    kept = [item for item in menu_items if not isinstance(item, DROPPED)]
    ours = [item for item in ITEMS if item.is_shown(context)]
    menu_items[:] = sorted([*kept, *ours], key=lambda item: item.order)


def _state_in(context) -> ReviewTaskState | None:
    page = context.get("page")
    return current_state(page) if context["view"] == "edit" and page else None


def say_why_returned(request, page):
    """before_edit_page: the reason stands at the head of the page until it is submitted again."""
    round_ = page.current_workflow_state if request.method == "GET" else None
    if round_ is None or round_.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    task = round_.current_task_state
    said = _("%(step)s退回修改：%(reason)s（%(who)s，%(when)s）")
    facts = {
        "step": task.task.name,
        "reason": task.comment,
        "who": task.finished_by or "",
        "when": f"{timezone.localtime(task.finished_at):%Y-%m-%d %H:%M}",
    }
    messages.warning(request, said % facts)


def follow_up(request, page):
    """after_edit_page, after_create_page"""
    restart_if_changed(page_id=page.pk, by=request.user, now=timezone.now())
    if "action-correct" in request.POST:
        return redirect("review_correct", page.pk)
    if "action-direct" in request.POST:
        return redirect("review_direct", page.pk)
    state = current_state(page) if "action-submit" in request.POST else None
    if state and state.is_held:
        # Wagtail's word that the page was submitted would come too early.
        list(messages.get_messages(request))
        return redirect("review_words", page.pk)
    return None
