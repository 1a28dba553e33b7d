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


class PermissionsPolicyMiddleware:
    """What no page of ours uses, no page may ask a phone for: a script that got in neither."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response


class RequestLogMiddleware(RequestMiddleware):
    """Logs the path alone: a search for a phone or a name stands in the query string."""

    def format_request(self, request) -> str:
        return f"{request.method} {request.path}"
