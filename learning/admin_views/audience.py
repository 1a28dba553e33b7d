"""How many are due, told before the plan is saved: one count query, no row is written."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.panels import HelpPanel

from learning.admin_views.policy import PLAN_POLICY
from learning.audience import due_in
from learning.forms import AudienceForm
from learning.models import Plan


def count_text(plan: Plan) -> str:
    """约 12,345 人"""
    count = due_in(plan, timezone.localdate()).count()
    if not count:
        return _("按今天的名册没有人要完成，请看看选得对不对。")
    return _("按今天的名册，约 %s 人要完成。") % f"{count:,}"


@require_safe
def audience_count(request):
    """The line alone, for what the form holds now."""
    if not PLAN_POLICY.user_has_permission(request.user, "add"):
        raise PermissionDenied
    return HttpResponse(describe_audience(AudienceForm(request.GET, for_user=request.user)))


def describe_audience(form: AudienceForm) -> str:
    if not form.is_valid():
        return _("选好发布妇联后，这里显示有多少人要完成。")
    return count_text(Plan(**form.cleaned_data))


class AudiencePanel(HelpPanel):
    """The line for what the form holds when the page is made; a script keeps it up to date."""

    def __init__(self, template="admin_plans/audience.html", **kwargs):
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            form = self.form
            given = {name: form[name].value() for name in AudienceForm.NAMES}
            audience = AudienceForm(given, for_user=form.for_user)
            return context | {
                "url": reverse("plan_audience"),
                "text": describe_audience(audience),
            }

        class Media:
            js = ["js/admin-plan.js"]


urlpatterns = [path("audience/", audience_count, name="plan_audience")]
