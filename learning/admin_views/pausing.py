"""暂停 and 恢复: each with its reason, each in the plan's record."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from learning.admin_views.plans import FROZEN
from learning.admin_views.policy import PLAN_POLICY, find_plan, managed_plans
from learning.domain.plans import PlanFrozen, pause_plan, resume_plan


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=200,
        error_messages={"required": gettext_lazy("请写明原因，它会记在任务的记录里。")},
    )


class PauseView(WagtailAdminTemplateMixin, View):
    template_name = "admin_plans/action.html"
    header_icon = "clipboard-list"
    page_title = gettext_lazy("暂停学习任务")
    button = gettext_lazy("暂停")
    explanation = gettext_lazy(
        "暂停以后，执委的待办里不再有这个任务，也不再提醒她们。"
        "截止时间不变，这期间学完的照样算，排行照常更新。"
    )
    said = gettext_lazy("“%s”已暂停。")
    change = staticmethod(pause_plan)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not PLAN_POLICY.user_has_permission(request.user, "change"):
            raise PermissionDenied
        self.plan = find_plan(managed_plans(request.user), kwargs["plan"])

    def get_page_subtitle(self):
        return self.plan.title

    def get_breadcrumbs_items(self):
        above = {"url": reverse("plan:inspect", args=[self.plan.pk]), "label": self.plan.title}
        here = {"url": "", "label": self.page_title}
        return [*super().get_breadcrumbs_items(), above, here]

    def get(self, request, plan):
        return self.show(ReasonForm())

    def post(self, request, plan):
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        reason = form.cleaned_data["reason"]
        try:
            self.change(plan_id=self.plan.pk, by=request.user, reason=reason, now=timezone.now())
        except PlanFrozen:
            messages.error(request, FROZEN % {"plan": self.plan})
        else:
            messages.success(request, str(self.said) % self.plan)
        return redirect(reverse("plan:inspect", args=[self.plan.pk]))

    def show(self, form):
        context = {
            "form": form,
            "plan": self.plan,
            "button": self.button,
            "explanation": self.explanation,
        }
        return self.render_to_response(self.get_context_data(**context))


class ResumeView(PauseView):
    page_title = gettext_lazy("恢复学习任务")
    button = gettext_lazy("恢复")
    explanation = gettext_lazy("恢复以后，任务回到执委的待办里，截止时间不变。需要延期请另外修改。")
    said = gettext_lazy("“%s”已恢复。")
    change = staticmethod(resume_plan)


urlpatterns = [
    path("<id:plan>/pause/", PauseView.as_view(), name="plan_pause"),
    path("<id:plan>/resume/", ResumeView.as_view(), name="plan_resume"),
]
