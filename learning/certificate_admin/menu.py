"""What certificates add to Wagtail's admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.permissions import register_permission_policy

from learning.certificate_admin.certificates import (
    CERTIFICATE_POLICY,
    CertificateViewSet,
    register_actions,
)
from learning.certificate_admin.designs import (
    RULE_POLICY,
    TEMPLATE_POLICY,
    CertificateRuleViewSet,
    CertificateTemplateViewSet,
)
from learning.models import Certificate, CertificateRule, CertificateTemplate

# Before any view asks: a model's first question would otherwise fix the fallback policy.
register_permission_policy(Certificate, CERTIFICATE_POLICY, exact_class=True)
register_permission_policy(CertificateRule, RULE_POLICY, exact_class=True)
register_permission_policy(CertificateTemplate, TEMPLATE_POLICY, exact_class=True)

VIEWSETS = [CertificateViewSet(), CertificateTemplateViewSet(), CertificateRuleViewSet()]

hooks.register("register_log_actions", register_actions)


@hooks.register("register_admin_viewset")
def register_certificate_viewsets():
    return VIEWSETS


@hooks.register("register_admin_urls")
def register_batch_url():
    return [path("certificates/batch/", include("learning.certificate_admin.batch"))]


class BatchMenuItem(MenuItem):
    def is_shown(self, request):
        return CERTIFICATE_POLICY.user_has_permission(request.user, "view")


@hooks.register("register_admin_menu_item")
def register_certificate_menu():
    items = [each.get_menu_item(order=each.menu_order) for each in VIEWSETS]
    batch = reverse("certificate_batch")
    label = _("成批下载")
    items.append(BatchMenuItem(label, batch, name="batch", icon_name="download", order=400))
    return SubmenuMenuItem(
        _("证书"), Menu(items=items), name="certificates", icon_name="clipboard-list", order=350
    )
