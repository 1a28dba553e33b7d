"""The security policy by place, and the request log without what people type."""

from http import HTTPStatus

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.urls import reverse
from django_structlog.middlewares import RequestMiddleware

from members.domain.audit import record
from members.models import Action

STAFF_PLACES = ("/admin/", "/desk/")


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


class TakenFilesMiddleware:
    """What staff take away as a file is written down, whichever view made it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if self._is_taken(request, response):
            detail = {"view": request.resolver_match.view_name, **request.resolver_match.kwargs}
            record(action=Action.EXPORTED, by=request.user, detail=detail)
        return response

    @staticmethod
    def _is_taken(request, response) -> bool:
        is_file = response.get("Content-Disposition", "").startswith("attachment")
        return (
            is_file
            and response.status_code == HTTPStatus.OK
            and request.path_info.startswith(STAFF_PLACES)
            and request.user.is_authenticated
        )


class RequestLogMiddleware(RequestMiddleware):
    """Logs the path alone: a search for a phone or a name stands in the query string."""

    def format_request(self, request) -> str:
        return f"{request.method} {request.path}"
