"""What is asked of a session before any view sees the request."""

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from members import sessions
from members.kept_forms import keep_form, offer_kept_form
from members.second_factor import is_at_staffs_place, lead_to_second_factor

# Pages ask these by themselves: nobody need be sitting there.
BACKGROUND = {
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "job_progress",
    "desk_job_progress",
    "media_progress",
}


class SessionGuardMiddleware:
    """Ends staff's sessions that were left alone, asks staff for their second factor, and notes
    that she is here. Costs no query, but when there is something to note."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """After the check against forgery: a form that is kept was sent by herself."""
        if not request.session.session_key:
            return None
        if not request.user.is_authenticated:
            keep_form(request, view)
            return None
        now = timezone.now()
        if sessions.is_idle(request, now=now):
            self._end(request, view)
            return None
        sessions.follow_rights(request)
        if request.resolver_match.view_name not in BACKGROUND:
            sessions.touch(request, now=now)
        return lead_to_second_factor(request) or offer_kept_form(request)

    def _end(self, request, view):
        member = request.user
        sessions.end_idle(request)
        if is_at_staffs_place(request):
            keep_form(request, view, member=member)
        messages.info(
            request, _("您有 30 分钟没有操作，为了安全已自动退出。请重新登录，接着刚才的页面。")
        )
