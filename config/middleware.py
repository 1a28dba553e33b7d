"""The security policy by place, and the request log without what people type."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.urls import reverse
from django_structlog.middlewares import RequestMiddleware


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict on the public site; Wagtail's admin needs a policy of its own."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(reverse("wagtailadmin_home")):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


class RequestLogMiddleware(RequestMiddleware):
    """Logs the path alone: a search for a phone or a name stands in the query string."""

    def format_request(self, request) -> str:
        return f"{request.method} {request.path}"
