"""积分规则: versions by behaviour, each with the day on which it begins."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from federations.admin_views import ScopedViewSetMixin
from federations.admin_views.inspection import InspectView
from federations.domain.jobs import ask_for_job
from learning.domain.ledger import RuleHasBegun, remove_rule
from learning.domain.ledger.simulation import version_data
from learning.forms_ledger import TOO_EARLY, PointRuleForm
from learning.ledger_admin.policy import manages_rules
from learning.models import PointRule
from learning.wording import hours_text
from members.races import UniqueRaceMixin

HAS_BEGUN = gettext_lazy(
    "“%(rule)s”已经生效，不能再修改或删除。要调整，请新建一条，从以后的某一天开始。"
)


def name_state(rule: PointRule) -> str:
    """`next_starts_on` comes with the list."""
    today = localdate()
    if rule.starts_on > today:
        return _("还没开始")
    is_followed = rule.next_starts_on is not None and rule.next_starts_on <= today
    return _("已被新规则代替") if is_followed else _("正在执行")


def name_maker(rule: PointRule) -> str:
    return str(rule.created_by) if rule.created_by else _("平台自带")


def with_next_start(rules):
    """`next_starts_on`: when the next version of the same behaviour begins, or None."""
    later = PointRule.objects.filter(
        behaviour=OuterRef("behaviour"), starts_on__gt=OuterRef("starts_on")
    )
    following = later.order_by("starts_on").values("starts_on")[:1]
    return rules.annotate(next_starts_on=Subquery(following))


class RuleFormMixin(UniqueRaceMixin):
    """Saving, or a trial on last month with what is typed, saved or not."""

    def form_valid(self, form):
        if "simulate" in self.request.POST:
            return self._ask_for_simulation(form)
        try:
            return super().form_valid(form)
        except RuleHasBegun:
            form.add_error("starts_on", TOO_EARLY)
            return self.form_invalid(form)

    def _ask_for_simulation(self, form):
        job = ask_for_job(
            kind="point_rule_simulation",
            title=_("试算积分规则：%s") % form.instance.get_behaviour_display(),
            owner=self.request.user,
            params={"version": version_data(form.to_version()), "note": form.instance.note},
        )
        return redirect("job", job.pk)


class AddRuleView(RuleFormMixin, generic.CreateView):
    template_name = "admin_learning/point_rule_form.html"

    def get_initial(self):
        """A trial leads back here with its figures in the address."""
        return super().get_initial() | {
            name: value
            for name, value in self.request.GET.items()
            if name in PointRuleForm.base_fields
        }


class UnlessBegunMixin:
    """A version that has begun is a record: say so, and show it."""

    def dispatch(self, request, *args, **kwargs):
        if self.get_object().starts_on <= localdate():
            return self._refuse()
        try:
            return super().dispatch(request, *args, **kwargs)
        except RuleHasBegun:
            return self._refuse()

    def _refuse(self):
        rule = self.get_object()
        messages.error(self.request, HAS_BEGUN % {"rule": rule})
        return redirect(reverse("pointrule:inspect", args=[rule.pk]))


class EditRuleView(UnlessBegunMixin, RuleFormMixin, generic.EditView):
    template_name = "admin_learning/point_rule_form.html"


class DeleteRuleView(UnlessBegunMixin, generic.DeleteView):
    def delete_action(self):
        remove_rule(rule_id=self.object.pk, today=localdate())


class InspectRuleView(InspectView):
    def get_field_display_value(self, field_name, field):
        if field_name == "credit":
            return hours_text(self.object.credit)
        return super().get_field_display_value(field_name, field)

    def get_field_label(self, field_name, field):
        return _("学时") if field_name == "credit" else super().get_field_label(field_name, field)


class PointRuleViewSet(ScopedViewSetMixin, ModelViewSet):
    model = PointRule
    icon = "list-ol"
    menu_order = 100
    list_display = [
        "behaviour",
        "points",
        Column("credit", label=gettext_lazy("学时"), accessor=lambda rule: hours_text(rule.credit)),
        "daily_cap",
        "starts_on",
        Column("state", label=gettext_lazy("状态"), accessor=name_state),
        Column("created_by", label=gettext_lazy("制定人"), accessor=name_maker),
        "note",
    ]
    list_filter = ["behaviour"]
    list_per_page = 30
    ordering = ["behaviour", "-starts_on"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "behaviour",
        "points",
        "credit",
        "daily_cap",
        "starts_on",
        "note",
        "created_by",
        "created_at",
    ]
    add_view_class = AddRuleView
    edit_view_class = EditRuleView
    delete_view_class = DeleteRuleView
    inspect_view_class = InspectRuleView
    add_to_reference_index = False

    class index_view_class(generic.IndexView):
        def get_base_queryset(self):
            return with_next_start(super().get_base_queryset()).select_related("created_by")

    def get_form_class(self, for_update=False):
        return PointRuleForm

    def limit_rows(self, user, rows, *, roles):
        """They belong to no federation, but to the whole platform."""
        return rows if manages_rules(user) else rows.none()
