"""证书模板 and 发证规则 in the admin."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from federations.admin_views import ScopedViewSetMixin, StaffPolicy
from federations.admin_views.policies import MANAGERS
from federations.domain.jobs import ask_for_job
from federations.scope import LOOKERS
from learning.certificate_admin.forms import CertificateRuleForm, CertificateTemplateForm
from learning.certificate_papers import PRESS, PaperMaker
from learning.certificates.press import PaperFailed, PressBusy
from learning.models import CertificateRule, CertificateTemplate
from learning.views.certificates import file_response
from members.races import UniqueRaceMixin

ROLES = {"view": LOOKERS} | dict.fromkeys(["add", "change", "delete"], MANAGERS)
TEMPLATE_POLICY = StaffPolicy(CertificateTemplate, roles_by_action=ROLES)
RULE_POLICY = StaffPolicy(CertificateRule, roles_by_action=ROLES)
# By name: the pages' apps stand above this one.
RULE_PAGE_TYPES = ["courses.CoursePage"]


class PreviewView(PermissionCheckedMixin, BaseObjectMixin, View):
    """The template as a PDF, with an invented holder whose name is hard to print."""

    model = CertificateTemplate
    permission_required = "view"

    def get(self, request, *args, **kwargs):
        try:
            file = PRESS.print_certificate(PaperMaker().sample(self.object))
        except (PressBusy, PaperFailed) as error:
            raise Http404(_("样张没有做出来，请检查底图和印章，再试一次。")) from error
        return file_response(file, _("样张 %s") % self.object.title, as_attachment=False)


class AddView(UniqueRaceMixin, generic.CreateView):
    pass


class EditView(UniqueRaceMixin, generic.EditView):
    pass


class CertificateTemplateViewSet(ScopedViewSetMixin, ModelViewSet):
    model = CertificateTemplate
    name = "certificate_template"
    icon = "doc-full"
    menu_label = gettext_lazy("证书模板")
    menu_order = 200
    list_display = [
        "title",
        "heading",
        "issuer",
        "federation",
        TitleColumn(
            "preview",
            label=gettext_lazy("样张"),
            accessor=lambda template: _("看样张"),
            url_name="certificate_template:preview",
        ),
    ]
    list_per_page = 30
    ordering = ["federation__path", "title", "pk"]
    search_fields = ["title", "heading", "issuer"]
    add_to_reference_index = False
    add_view_class = AddView
    edit_view_class = EditView

    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("federation"),
            FieldPanel("heading"),
            FieldPanel("body"),
            FieldPanel("issuer"),
            FieldRowPanel([FieldPanel("orientation"), FieldPanel("theme")]),
            FieldPanel("background"),
            FieldPanel("seal"),
        ],
        base_form_class=CertificateTemplateForm,
    )

    class index_view_class(generic.IndexView):
        def get_base_queryset(self):
            return super().get_base_queryset().select_related("federation")

    def get_urlpatterns(self):
        preview = self.construct_view(PreviewView)
        return [*super().get_urlpatterns(), path("preview/<int:pk>/", preview, name="preview")]


class CatchUpMixin:
    """Whoever finished before the rule was there, or before it was changed, is looked at too."""

    def save_instance(self):
        rule = super().save_instance()
        if rule.is_active:
            self.job = ask_for_job(
                kind="certificate_catch_up",
                title=_("补发证书：%s") % rule.subject_title,
                owner=self.request.user,
                params={"rule": rule.pk},
            )
        return rule

    def save_action(self):
        response = super().save_action()
        job = getattr(self, "job", None)
        return redirect("job", job.pk) if job else response


class AddRuleView(CatchUpMixin, AddView):
    pass


class EditRuleView(CatchUpMixin, EditView):
    pass


def name_kind(rule: CertificateRule) -> str:
    return _("学习任务") if rule.plan_id else _("课程")


class CertificateRuleViewSet(ScopedViewSetMixin, ModelViewSet):
    model = CertificateRule
    name = "certificate_rule"
    icon = "cogs"
    menu_label = gettext_lazy("发证规则")
    menu_order = 300
    path_field = "template__federation__path"
    list_display = [
        "subject_title",
        Column("kind", label=gettext_lazy("类别"), accessor=name_kind),
        "template",
        "starts_on",
        Column("hours", label=gettext_lazy("学时"), accessor="hours_text"),
        BooleanColumn("is_active", label=gettext_lazy("启用"), sort_key="is_active"),
    ]
    list_per_page = 30
    ordering = "-pk"
    search_fields = ["plan__title", "page__title", "template__title"]
    add_to_reference_index = False
    add_view_class = AddRuleView
    edit_view_class = EditRuleView

    edit_handler = ObjectList(
        [
            FieldPanel("template"),
            FieldPanel("plan"),
            PageChooserPanel("page", page_type=RULE_PAGE_TYPES),
            FieldPanel("starts_on"),
            FieldPanel("hours"),
            FieldPanel("is_active"),
        ],
        base_form_class=CertificateRuleForm,
    )

    class index_view_class(generic.IndexView):
        def get_base_queryset(self):
            return super().get_base_queryset().select_related("plan", "page", "template")
