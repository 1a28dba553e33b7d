"""The member's own settings and notices."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members.domain.notices import mark_seen, notices_of
from members.domain.reminders import allow_reminders, gets_reminders, stop_reminders
from members.kept_posts import post_after_sign_in
from members.models import TextSize
from members.redirects import is_own_address
from members.text_size import COOKIE, COOKIE_AGE

NOTICES_PER_PAGE = 20


@require_POST
def text_size(request):
    """Remember the text size on this device and, for a member, for her next one."""
    size = request.POST.get("size", "")
    if size not in TextSize.values:
        size = TextSize.STANDARD
    if request.user.is_authenticated and request.user.text_size != size:
        request.user.text_size = size
        request.user.save(update_fields=["text_size"])
    response = HttpResponseRedirect(safe_next(request))
    response.set_cookie(
        COOKIE, size, max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure()
    )
    return response


def safe_next(request) -> str:
    """Where to go back to: only an address of this site."""
    target = request.POST.get("next", "/")
    return target if is_own_address(request, target) else "/"


@require_safe
@never_cache
@login_required
def notices(request):
    """All of hers, seen or not."""
    rows = Paginator(notices_of(request.user), NOTICES_PER_PAGE)
    context = {
        "page_obj": rows.get_page(request.GET.get("p")),
        "gets_reminders": gets_reminders(request.user),
        "tab": "me",
    }
    return render(request, "pages/members/notices.html", context)


@post_after_sign_in("me")
def see_notices(request):
    """Put away what the page showed; what came since then stays new."""
    up_to = request.POST.get("up_to", "")
    if not (up_to.isascii() and up_to.isdecimal() and len(up_to) <= 18):
        return HttpResponseBadRequest()
    mark_seen(member=request.user, up_to=int(up_to), now=timezone.now())
    return redirect("me")


@post_after_sign_in("me")
def reminders(request):
    """停止提醒, and on again: one tap each."""
    if request.POST.get("wanted") == "1":
        allow_reminders(member=request.user)
        messages.success(request, _("提醒已打开，七天内最多一次。"))
    else:
        stop_reminders(member=request.user, now=timezone.now())
        messages.success(request, _("已停止提醒。想再收到，在“我的”里点“重新打开提醒”。"))
    target = request.POST.get("next", "")
    return redirect(target if target and is_own_address(request, target) else "me")
