"""证书 in the admin: who holds which, taking one back, giving a new one."""

import django_filters
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from federations.admin_views import ScopedViewSetMixin, StaffPolicy
from federations.admin_views.policies import MANAGERS
from federations.models import Federation
from federations.scope import LOOKERS, staff_federations, within_paths
from learning.certificate_admin.forms import ReissueForm, RevokeForm
from learning.certificate_papers import PRESS, PaperMaker
from learning.certificate_scope import managed_certificates, seen_certificates
from learning.certificates.press import PaperFailed, PressBusy
from learning.domain.certificates import (
    CertificateRefused,
    reissue_certificate,
    revoke_certificate,
)
from learning.models import Certificate
from learning.rules.certificate_numbers import NotANumber, read_number
from learning.views.certificates import file_response

# Nobody adds, edits or deletes one: it is revoked, or replaced.
CERTIFICATE_POLICY = StaffPolicy(Certificate, roles_by_action={"view": LOOKERS, "revoke": MANAGERS})
REVOKED, REISSUED = "learning.revoke_certificate", "learning.reissue_certificate"
MOST_PLACES = 50


def name_state(certificate: Certificate) -> str:
    if certificate.replaced_at:
        return _("已换发")
    return _("已撤销") if certificate.revoked_at else _("有效")


class CertificateFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("状态"),
        choices=[
            ("valid", gettext_lazy("有效")),
            ("revoked", gettext_lazy("已撤销")),
            ("replaced", gettext_lazy("已换发")),
        ],
        method="filter_state",
    )
    title = django_filters.CharFilter(
        label=gettext_lazy("学习内容（名称）"), lookup_expr="icontains"
    )
    place = django_filters.CharFilter(label=gettext_lazy("妇联（名称）"), method="filter_place")
    issued_on = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("发证日期"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Certificate
        fields = ["state", "title", "issued_on"]

    def filter_state(self, rows, _name, state):
        if state == "replaced":
            return rows.filter(replaced_at__isnull=False)
        return rows.filter(replaced_at=None, revoked_at__isnull=state == "valid")

    def filter_place(self, rows, _name, words):
        named = staff_federations(self.request.user).filter(name__icontains=words.strip())
        paths = list(named.order_by("path").values_list("path", flat=True)[:MOST_PLACES])
        there = Federation.objects.filter(within_paths("path", paths))
        return rows.filter(federation__in=there)


class CertificateIndexView(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("edition")

    def search_queryset(self, queryset):
        """A number may be typed as it is printed, with hyphens and in any case."""
        try:
            return queryset.filter(number=read_number(self.search_query or ""))
        except NotANumber:
            return super().search_queryset(queryset)


class InspectCertificateView(generic.InspectView):
    page_title = gettext_lazy("证书")

    def get_page_subtitle(self):
        return f"{self.object.name} {self.object.shown_number}"

    def get_context_data(self, **kwargs):
        certificate = self.object
        mine = managed_certificates(self.request.user).filter(pk=certificate.pk).exists()
        return super().get_context_data(**kwargs) | {
            "certificate": certificate,
            "state": name_state(certificate),
            "missing": find_missing(certificate),
            "may_revoke": mine and certificate.is_valid,
            "may_reissue": mine and certificate.replaced_at is None,
        }


def find_missing(certificate: Certificate) -> str:
    """Characters that the fonts cannot print; the page does without when the press is busy."""
    try:
        return PRESS.find_missing(certificate.name + certificate.unit + certificate.text)
    except (PressBusy, PaperFailed):
        return ""


class CertificateFileView(PermissionCheckedMixin, BaseObjectMixin, View):
    model = Certificate
    permission_required = "view"

    def get(self, request, *args, **kwargs):
        certificate = self.object
        if not certificate.is_valid:
            raise Http404
        try:
            file = PRESS.print_certificate(PaperMaker().certificate(certificate))
        except (PressBusy, PaperFailed):
            messages.error(request, _("证书文件没有做出来，请过一会儿再试。"))
            return redirect("certificate:inspect", certificate.pk)
        name = f"{certificate.name}-{certificate.shown_number}"
        return file_response(file, name, as_attachment=True)


class CertificateActionView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, View
):
    """A page that says what will happen; the domain does it or says why not."""

    model = Certificate
    permission_required = "revoke"
    template_name = "admin_certificates/action.html"
    form_class, log_action, explanation, done_message = None, "", "", ""
    is_serious = False

    def get(self, request, *args, **kwargs):
        return self.show(self.form_class())

    def post(self, request, *args, **kwargs):
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            with transaction.atomic():
                shown = self.act(by=request.user, now=timezone.now(), **form.cleaned_data)
                log(
                    instance=self.object,
                    action=self.log_action,
                    user=request.user,
                    data={"number": shown.shown_number, **form.cleaned_data},
                )
        except CertificateRefused as refusal:
            form.add_error(None, str(refusal))
            return self.show(form)
        messages.success(request, self.done_message)
        return redirect("certificate:inspect", shown.pk)

    def show(self, form):
        return self.render_to_response(
            self.get_context_data(form=form, certificate=self.object, back_url=self.back_url)
        )

    @property
    def back_url(self) -> str:
        return reverse("certificate:inspect", args=[self.object.pk])

    def act(self, **values) -> Certificate:
        """Returns the certificate to show afterwards."""
        raise NotImplementedError

    def get_breadcrumbs_items(self):
        above = [
            {"url": reverse("certificate:index"), "label": _("证书")},
            {"url": self.back_url, "label": self.object.name},
        ]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.page_title}]


class RevokeView(CertificateActionView):
    page_title = gettext_lazy("撤销证书")
    header_icon = "cross"
    form_class = RevokeForm
    log_action = REVOKED
    explanation = gettext_lazy(
        "撤销后，查验页面会显示这张证书已撤销，她不能再下载；系统也不会自动再发。她会收到消息。"
    )
    done_message = gettext_lazy("已经撤销，消息已发给她。")
    is_serious = True

    def act(self, **values):
        return revoke_certificate(certificate_id=self.object.pk, **values)


class ReissueView(CertificateActionView):
    page_title = gettext_lazy("换发证书")
    header_icon = "resubmit"
    form_class = ReissueForm
    log_action = REISSUED
    explanation = gettext_lazy(
        "按她现在的姓名、单位和现在的模板发一张新证书，编号是新的；旧编号作废，查验时会说明已换发。"
    )
    done_message = gettext_lazy("已经换发，消息已发给她。")

    def act(self, **values):
        return reissue_certificate(certificate_id=self.object.pk, **values)


class CertificateViewSet(ScopedViewSetMixin, ModelViewSet):
    model = Certificate
    name = "certificate"
    icon = "clipboard-list"
    menu_label = gettext_lazy("证书")
    menu_order = 100
    add_to_reference_index = False
    exclude_form_fields: list[str] = []
    list_display = [
        TitleColumn("name", label=gettext_lazy("姓名"), url_name="certificate:inspect"),
        Column("number", label=gettext_lazy("证书编号"), accessor="shown_number"),
        Column("unit", label=gettext_lazy("单位")),
        Column("title", label=gettext_lazy("学习内容")),
        DateColumn("issued_at", label=gettext_lazy("发证时间"), sort_key="issued_at"),
        Column("state", label=gettext_lazy("状态"), accessor=name_state),
    ]
    filterset_class = CertificateFilterSet
    list_per_page = 30
    list_export = []
    ordering = ["-issued_at", "-pk"]
    search_fields = ["name", "number", "unit"]
    index_view_class = CertificateIndexView
    inspect_view_class = InspectCertificateView
    inspect_view_enabled = True
    inspect_view_fields: list[str] = ["name"]
    inspect_template_name = "admin_certificates/certificate.html"

    def rows_for(self, user, action, rows=None):
        rows_of = {"view": seen_certificates, "revoke": managed_certificates}
        found = rows_of.get(action)
        if found is None:
            return Certificate.objects.none()
        return found(user, rows)

    def get_urlpatterns(self):
        views = (CertificateFileView, RevokeView, ReissueView)
        file, revoke, reissue = (self.construct_view(each) for each in views)
        return [
            *super().get_urlpatterns(),
            path("pdf/<int:pk>/", file, name="pdf"),
            path("revoke/<int:pk>/", revoke, name="revoke"),
            path("reissue/<int:pk>/", reissue, name="reissue"),
        ]


def register_actions(actions):
    actions.register_action(REVOKED, gettext_lazy("撤销证书"), gettext_lazy("撤销了一张证书"))
    actions.register_action(REISSUED, gettext_lazy("换发证书"), gettext_lazy("换发了一张证书"))
