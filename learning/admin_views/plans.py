"""Plans: the list, the form, the record."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from federations.admin_views import ScopedViewSetMixin
from federations.admin_views.dashboard import CountSummaryItem
from federations.admin_views.inspection import InspectView
from learning.admin_views.audience import AudiencePanel
from learning.admin_views.policy import PLAN_POLICY, find_plan, managed_plans
from learning.domain.plan_events import describe
from learning.domain.plans import PlanChanged, PlanFrozen, create_plan, delete_plan, edit_plan
from learning.forms import PLAN_PAGE_TYPES, PlanForm
from learning.models import Plan, PlanItem
from members.races import UniqueRaceMixin

FROZEN = _("“%(plan)s”已经截止，成绩已冻结，不能再修改或删除。需要调整请新建一个任务。")
CHANGED = _(
    "您打开这一页以后，有人改过这个任务，没有保存您的修改。"
    "请在新窗口重新打开它核对，再把下面您填的内容改上去。"
)


class CountFirstMixin:
    """The button 算一算 shows how many are due, without saving and without JavaScript."""

    def post(self, request, *args, **kwargs):
        if "count" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.object = self.get_object() if self.kwargs else None
        return self.render_to_response(self.get_context_data(form=self.get_form()))


class AddPlanView(CountFirstMixin, UniqueRaceMixin, generic.CreateView):
    def save_instance(self):
        source = self._find_source()
        # Its figures are compared with those of the plan that it was copied from.
        self.form.instance.previous = source
        return create_plan(
            write=super().save_instance,
            by=self.request.user,
            now=timezone.now(),
            copied_from=_("复制自“%s”") % source if source else "",
        )

    def _find_source(self) -> Plan | None:
        source = self.request.GET.get("copied", "")
        if not source.isdecimal():
            return None
        rows = self.viewset.rows_for(self.request.user, "view")
        return rows.filter(pk=source[:18]).first()


class CopyPlanView(AddPlanView):
    """A form with another plan's items and audience, and a window from today on; saves nothing."""

    def get_initial_form_instance(self):
        source = find_plan(self.viewset.rows_for(self.request.user, "view"), int(self.kwargs["pk"]))
        return copy_of(source)

    def get_add_url(self):
        return f"{super().get_add_url()}?copied={self.kwargs['pk']}"


def copy_of(source: Plan) -> Plan:
    """Not saved. It lasts as long as the source does, from today on."""
    now = timezone.now().replace(second=0, microsecond=0)
    lasts = source.cutoff_at - source.opens_at if source.cutoff_at else None
    copy = Plan(
        title=(_("%s（复制）") % source.title)[:60],
        opens_at=now,
        cutoff_at=now + lasts if lasts else None,
        **{
            name: getattr(source, name)
            for name in (
                "federation",
                "reach",
                "levels",
                "positions",
                "target_rate",
                "reminds_before",
            )
        },
    )
    copy.items = [
        PlanItem(page=item.page, is_required=item.is_required, sort_order=place)
        for place, item in enumerate(source.items.select_related("page"))
    ]
    return copy


class UnlessFrozenMixin:
    """A frozen plan is a record: say so, and show it."""

    def dispatch(self, request, *args, **kwargs):
        plan = self.get_object()
        if plan.is_frozen:
            return self._refuse(plan)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except PlanFrozen:
            return self._refuse(self.object)

    def _refuse(self, plan):
        messages.error(self.request, FROZEN % {"plan": plan})
        return redirect(reverse("plan:inspect", args=[plan.pk]))


class EditPlanView(CountFirstMixin, UnlessFrozenMixin, UniqueRaceMixin, generic.EditView):
    def save_instance(self):
        given = self.form.cleaned_data
        return edit_plan(
            plan=self.form.instance,
            version=given["version"],
            write=super().save_instance,
            by=self.request.user,
            now=timezone.now(),
            reason=given["reason"],
        )

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except PlanChanged:
            form.add_error(None, CHANGED)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class DeletePlanView(UnlessFrozenMixin, generic.DeleteView):
    def delete_action(self):
        delete_plan(
            plan_id=self.object.pk,
            delete=super().delete_action,
            by=self.request.user,
            now=timezone.now(),
        )


class InspectPlanView(InspectView):
    """What is decided about the plan, and its record."""

    template_name = "admin_plans/inspect.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["fields"] = [
            {"label": label, "value": text, "component": None}
            for label, text in describe(self.object).items()
        ]
        context["fields"].append(
            {"label": _("现在"), "value": name_state(self.object), "component": None}
        )
        events = self.object.events.select_related("by")
        is_managed = managed_plans(self.request.user).filter(pk=self.object.pk).exists()
        may_change = is_managed and not self.object.is_frozen
        events = events if is_managed else []
        return context | {"events": events, "may_change": may_change, "plan": self.object}


def name_state(plan: Plan) -> str:
    now = timezone.now()
    if plan.is_frozen:
        return _("已冻结")
    if plan.has_closed(now):
        return _("已截止，等待冻结")
    if plan.is_paused:
        return _("已暂停")
    return _("未开始") if plan.opens_at > now else _("进行中")


class PlanViewSet(ScopedViewSetMixin, ModelViewSet):
    model = Plan
    icon = "clipboard-list"
    menu_order = 300
    list_display = [
        "title",
        TitleColumn(
            "progress",
            label=_("进度"),
            accessor=lambda plan: _("看进度"),
            url_name="plan_progress",
        ),
        "federation",
        Column("state", label=_("现在"), accessor=name_state),
        "opens_at",
        "cutoff_at",
        BooleanColumn("is_default", label=_("默认任务"), sort_key="is_default"),
    ]
    list_per_page = 30
    ordering = ["-is_default", "-opens_at", "pk"]
    search_fields = ["title", "federation__name"]
    inspect_view_enabled = True
    copy_view_enabled = True
    inspect_view_fields = ["title"]
    add_view_class = AddPlanView
    copy_view_class = CopyPlanView
    edit_view_class = EditPlanView
    delete_view_class = DeletePlanView
    inspect_view_class = InspectPlanView
    add_to_reference_index = False

    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            MultiFieldPanel(
                [
                    FieldPanel("federation"),
                    FieldPanel("reach"),
                    FieldRowPanel([FieldPanel("levels"), FieldPanel("positions")]),
                    AudiencePanel(),
                ],
                heading=_("谁要完成"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("cutoff_at")]),
                    FieldRowPanel([FieldPanel("target_rate"), FieldPanel("reminds_before")]),
                    FieldPanel("reason"),
                    FieldPanel("is_default"),
                ],
                heading=_("时间和目标"),
            ),
            InlinePanel(
                "items",
                heading=_("任务内容"),
                label=_("课程、微课或测验"),
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
