"""我的微信: what binds her to WeChat, and taking it away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.domain.wechat import NoOtherWayIn, has_other_way_in, unbind
from members.wechat.apps import mini_program
from members.wechat.offering import offers_wechat


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def my_wechat(request):
    if request.method == "POST":
        _unbind(request)
        return redirect("members:wechat")
    app = mini_program()
    identities = list(request.user.wechat_identities.order_by("bound_at"))
    for each in identities:
        each.is_mini = app is not None and each.app_id == app.app_id
    context = {
        "identities": identities,
        "has_other_way_in": has_other_way_in(request.user),
        "offers_wechat": offers_wechat(request),
        "tab": "me",
    }
    return render(request, "pages/members/wechat.html", context)


def _unbind(request) -> None:
    try:
        unbind(member=request.user, by=request.user)
    except NoOtherWayIn:
        messages.error(
            request, _("现在还不能解绑：请先用短信验证码登录一次，确认手机号能用，再来解绑。")
        )
    else:
        messages.success(request, _("微信已经解绑。以后请用手机号登录。"))
