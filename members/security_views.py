"""账号与安全: how she signs in, and where she is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members.account_rows import rows_for
from members.domain.devices import devices_of, end_session
from members.sessions import keep_only_this


@require_safe
@never_cache
@login_required
def security(request):
    """Everything about signing in, each on a row that leads on."""
    context = {"rows": rows_for(request), "tab": "me"}
    return render(request, "pages/members/security.html", context)


@require_safe
@never_cache
@login_required
def devices(request):
    """Hers alone, the one in her hand marked."""
    found = list(devices_of(request.user, now=timezone.now()))
    here = request.session.session_key
    context = {
        "here": [each for each in found if each.session_key == here],
        "others": [each for each in found if each.session_key != here],
        "tab": "me",
    }
    return render(request, "pages/members/devices.html", context)


@require_POST
@login_required
def end_one(request, pk):
    """Sign one other device out. This one has 退出登录."""
    others = request.user.devices.exclude(session_key=request.session.session_key)
    device = get_object_or_404(others, pk=pk)
    end_session(member=request.user, session_key=device.session_key, by=request.user, why="asked")
    messages.success(request, _("“%(name)s”已退出登录。") % {"name": device.name})
    return redirect("members:devices")


@require_POST
@login_required
def end_others(request):
    """All but this one, those too of which no device is noted."""
    keep_only_this(request, why="asked")
    messages.success(request, _("其他设备都已退出登录，现在只有这一台。"))
    return redirect("members:devices")
