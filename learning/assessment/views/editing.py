"""Making and changing a scheme; what a change would do can be seen before it is saved."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from federations.desk.access import MANAGERS, desk_view
from learning.assessment import domain
from learning.assessment.asking import ask_for_computing
from learning.assessment.domain.periods import running_period
from learning.assessment.effects import Effect, try_indicators
from learning.assessment.forms import SchemeForm
from learning.assessment.telling import change_text, points_text
from learning.assessment.views.finding import find_managed

CHANGED = _("您打开以后，别人改过这个方案。请核对下面的内容，再保存一次。")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view(MANAGERS)
def new_scheme(request):
    desk = request.desk
    form = SchemeForm(request.POST or None, place=desk.place)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form)
    try:
        period = domain.create_scheme(
            federation=desk.place,
            span=form.cleaned_data["span"],
            level=form.cleaned_data["level"],
            settings=form.to_settings(),
            by=request.user,
            now=timezone.now(),
        )
    except domain.SchemeRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form)
    return redirect(desk.address("desk_job", ask_for_computing(period, by=request.user).pk))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view(MANAGERS)
def edit_scheme(request, pk):
    scheme = find_managed(request, pk)
    form = SchemeForm(request.POST or None, place=request.desk.place, scheme=scheme)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form)
    if "preview" in request.POST:
        return _show(request, form, effect=_try(scheme, form))
    try:
        period = domain.edit_scheme(
            scheme_id=scheme.pk,
            version=form.cleaned_data["version"] or 0,
            settings=form.to_settings(),
            by=request.user,
            now=timezone.now(),
        )
    except domain.SchemeRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form)
    except domain.SchemeChanged:
        return _show_changed(request, scheme)
    return _leave(request, scheme, period)


def _leave(request, scheme, period):
    """To the ranking by the new weights; a period that has just begun is measured first."""
    if period is None:
        messages.success(request, _("已保存。方案停用，没有进行中的时段；以前的时段不变。"))
    elif period.computed_at is None:
        messages.success(request, _("已保存。新的时段正在计算，以前的时段不变。"))
        job = ask_for_computing(period, by=request.user)
        return redirect(request.desk.address("desk_job", job.pk))
    else:
        told = _("已保存。进行中的时段已按新的权重和目标重新计算，以前的时段不变。")
        messages.success(request, told)
    return redirect(request.desk.address("desk_assessment_scheme", scheme.pk))


def _show_changed(request, scheme):
    """What was typed is kept; the version is the present one, so that a second press saves it."""
    scheme.refresh_from_db()
    data = request.POST.copy()
    data["version"] = scheme.version
    form = SchemeForm(data, place=request.desk.place, scheme=scheme)
    form.full_clean()
    form.add_error(None, CHANGED)
    return _show(request, form)


def _show(request, form: SchemeForm, effect: dict | None = None):
    status = 422 if form.errors else 200
    facts = {
        "form": form,
        "scheme": form.scheme,
        "effect": effect,
        "back_url": _back(request.desk, form.scheme),
    }
    return render(request, "pages/desk/assessment/edit.html", facts, status=status)


def _back(desk, scheme) -> str:
    if scheme is None:
        return desk.address("desk_assessment")
    return desk.address("desk_assessment_scheme", scheme.pk)


def _try(scheme, form: SchemeForm) -> dict:
    running = running_period(scheme, timezone.now())
    if running is None:
        return {"units": 0}
    return _told(try_indicators(running, form.indicators))


def _told(effect: Effect) -> dict:
    return {
        "units": effect.units,
        "moved": effect.moved,
        "rows": [
            {
                "name": move.name,
                "rank": move.rank,
                "new_rank": move.new_rank,
                "total": points_text(move.total),
                "new_total": points_text(move.new_total),
                "change": change_text(move.new_total, move.total),
            }
            for move in effect.moves
        ],
    }
