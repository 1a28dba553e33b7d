"""成批打印: the certificates of a plan, a course or a federation as one ZIP."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from federations.domain.jobs import ask_for_job
from learning.certificate_admin.certificates import CERTIFICATE_POLICY
from learning.certificate_admin.forms import BatchForm
from learning.certificate_scope import BatchChoice, chosen_certificates

MOST = 20_000
TOO_MANY = gettext_lazy("一次最多打包 %(most)d 张，现在有 %(count)d 张；请选一个妇联或缩短日期。")
NONE = gettext_lazy("没有符合条件的证书。请换一个条件再试。")


class BatchView(WagtailAdminTemplateMixin, View):
    page_title = gettext_lazy("成批下载证书")
    header_icon = "download"
    template_name = "admin_certificates/batch.html"

    def dispatch(self, request, *args, **kwargs):
        if not CERTIFICATE_POLICY.user_has_permission(request.user, "view"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(BatchForm(user=request.user))

    def post(self, request):
        form = BatchForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.show(form)
        choice = read_choice(form.cleaned_data)
        count = chosen_certificates(request.user, choice).count()
        if not count or count > MOST:
            problem = TOO_MANY % {"most": MOST, "count": count} if count else NONE
            form.add_error(None, problem)
            return self.show(form)
        job = ask_for_job(
            kind="certificate_batch",
            title=_("证书 %(count)d 张 %(day)s") % {"count": count, "day": localdate().isoformat()},
            owner=request.user,
            params=choice.to_params(),
        )
        return redirect("job", job.pk)

    def show(self, form):
        return self.render_to_response(self.get_context_data(form=form))

    def get_breadcrumbs_items(self):
        above = {"url": reverse("certificate:index"), "label": _("证书")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]


def read_choice(values: dict) -> BatchChoice:
    rule, federation = values["rule"], values["federation"]
    return BatchChoice(
        plan=rule and rule.plan_id,
        page=rule and rule.page_id,
        federation=federation and federation.pk,
        since=values["since"] and values["since"].isoformat(),
        until=values["until"] and values["until"].isoformat(),
    )


urlpatterns = [path("", BatchView.as_view(), name="certificate_batch")]
