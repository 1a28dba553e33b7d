"""学习任务 in the admin."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    ObjectList,
    PageChooserPanel,
)
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from federations.admin_views import ScopedViewSetMixin, StaffPolicy
from federations.admin_views.dashboard import CountSummaryItem
from federations.admin_views.inspection import InspectView
from federations.admin_views.policies import ALL_ROLES, MANAGERS
from learning.domain.standings import schedule_rebuild
from learning.domain.standings.fold import lock_plan
from learning.forms import PLAN_PAGE_TYPES, PlanForm
from learning.models import Plan
from members.races import UniqueRaceMixin

PLAN_POLICY = StaffPolicy(
    Plan,
    roles_by_action={"view": ALL_ROLES} | dict.fromkeys(["add", "change", "delete"], MANAGERS),
)
FROZEN = _("“%(plan)s”已经截止，成绩已冻结，不能再修改或删除。需要调整请新建一个任务。")


class RebuildMixin:
    """Who is due, and for what, may have changed with any saved plan."""

    def save_instance(self):
        plan = super().save_instance()
        schedule_rebuild(plan_id=plan.pk)
        return plan


class PlanFrozen(Exception):
    """The plan was frozen while the form was open."""


class UnlessFrozenMixin:
    """A frozen plan is a record: say so, and show it."""

    def dispatch(self, request, *args, **kwargs):
        plan = self.get_object()
        if plan.is_frozen:
            return self._refuse(plan)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except PlanFrozen:
            return self._refuse(self.object)

    def _refuse(self, plan):
        messages.error(self.request, FROZEN % {"plan": plan})
        return redirect(reverse("plan:inspect", args=[plan.pk]))

    def hold_open(self) -> None:
        """Keep the freeze waiting until what follows is saved. Raises PlanFrozen: it was faster.

        The form's row was read before the lock, and saving it writes all its columns, the time of
        the freeze too.
        """
        if lock_plan(self.object.pk).is_frozen:
            raise PlanFrozen


class AddPlanView(UniqueRaceMixin, RebuildMixin, generic.CreateView):
    pass


class EditPlanView(UnlessFrozenMixin, UniqueRaceMixin, RebuildMixin, generic.EditView):
    def save_instance(self):
        self.hold_open()
        return super().save_instance()


class DeletePlanView(UnlessFrozenMixin, generic.DeleteView):
    def delete_action(self):
        self.hold_open()
        super().delete_action()


class InspectPlanView(InspectView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        items = self.object.items.select_related("page")
        context["fields"].append(
            {"label": _("内容"), "value": name_items(items), "component": None}
        )
        return context


def name_items(items) -> str:
    required = {True: "", False: _("（选修）")}
    return "、".join(f"{item.page.title}{required[item.is_required]}" for item in items)


class PlanViewSet(ScopedViewSetMixin, ModelViewSet):
    model = Plan
    icon = "clipboard-list"
    menu_order = 300
    list_display = [
        "title",
        "federation",
        "opens_at",
        "cutoff_at",
        "frozen_at",
        BooleanColumn("is_default", label=_("默认任务"), sort_key="is_default"),
    ]
    list_per_page = 30
    ordering = ["-is_default", "-opens_at", "pk"]
    search_fields = ["title", "federation__name"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "title",
        "federation",
        "opens_at",
        "cutoff_at",
        "frozen_at",
        "is_default",
    ]
    add_view_class = AddPlanView
    edit_view_class = EditPlanView
    delete_view_class = DeletePlanView
    inspect_view_class = InspectPlanView
    add_to_reference_index = False

    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("federation"),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("cutoff_at")]),
            FieldPanel("is_default"),
            InlinePanel(
                "items",
                heading=_("任务内容"),
                label=_("微课或测验"),
                panels=[
                    PageChooserPanel("page", page_type=PLAN_PAGE_TYPES),
                    FieldPanel("is_required"),
                ],
            ),
        ],
        base_form_class=PlanForm,
    )

    class index_view_class(generic.IndexView):
        def get_base_queryset(self):
            return super().get_base_queryset().select_related("federation")


class PlanCount(CountSummaryItem):
    order = 500
    label, icon, url_name = _("个学习任务"), "clipboard-list", "plan:index"

    def __init__(self, request, viewset: PlanViewSet):
        super().__init__(request)
        self.viewset = viewset

    def is_shown(self):
        return PLAN_POLICY.user_has_permission(self.request.user, "view")

    def get_rows(self):
        return self.viewset.rows_for(self.request.user, "view")
