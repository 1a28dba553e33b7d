"""The personal ranking: her own federation's, for who takes part in it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from federations import scope
from federations.queries import counted_appointment
from learning.domain.personal import NotCounted, join_ranking, leave_ranking
from learning.personal.ranking import FIGURES, SPANS, has_joined, promise, rank_colleagues


@require_safe
@never_cache
@login_required
def personal(request):
    if not scope.may_see_boards(request.user):
        raise PermissionDenied
    appointment = counted_appointment(request.user)
    federation = appointment.federation if appointment else None
    context = {"tab": "board", "federation": federation}
    if has_joined(request.user, federation):
        context |= _ranking_context(request, federation)
    elif federation is not None:
        context["promise"] = promise(federation)
    return render(request, "pages/learning/personal.html", context)


def _ranking_context(request, federation) -> dict:
    figure, span = request.GET.get("figure"), request.GET.get("span")
    figure = figure if figure in FIGURES else "points"
    span = span if span in SPANS else "week"
    ranking = rank_colleagues(
        member=request.user,
        federation=federation,
        figure=figure,
        span=span,
        today=timezone.localdate(),
    )
    return {
        "ranking": ranking,
        "figure": FIGURES[figure],
        "span": SPANS[span],
        "figures": _choices(FIGURES, figure, "figure", {"span": span}),
        "spans": _choices(SPANS, span, "span", {"figure": figure}),
    }


def _choices(table: dict, chosen: str, name: str, kept: dict) -> list[dict]:
    return [
        {
            "label": each.label,
            "url": f"{reverse('learning:personal')}?{urlencode(kept | {name: key})}",
            "current": key == chosen,
        }
        for key, each in table.items()
    ]


@require_POST
@never_cache
@login_required
def personal_choice(request):
    """`on` says what she wants, so that pressing twice does not undo it."""
    if request.POST.get("on") != "1":
        leave_ranking(member=request.user)
        messages.success(request, _("已退出个人榜，同事看不到你了。"))
        return redirect("learning:personal")
    try:
        join_ranking(member=request.user, now=timezone.now())
    except NotCounted:
        messages.error(request, _("你现在没有计入单位，不能参加个人榜。请联系本单位的管理员。"))
    else:
        messages.success(request, _("已参加个人榜。想退出，点最下面的“退出个人榜”。"))
    return redirect("learning:personal")
