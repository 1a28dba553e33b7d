"""What is done with a period: computed anew, told as a bulletin, corrected in words."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from federations.desk.access import MANAGERS, desk_view
from learning.assessment import domain
from learning.assessment.asking import FORMATS, ask_for_bulletin, ask_for_computing
from learning.assessment.forms import NoteForm
from learning.assessment.views.finding import find_managed, find_scheme, find_sight


@require_POST
@desk_view(MANAGERS)
def recompute(request, pk):
    sight = find_sight(request, find_managed(request, pk))
    if sight.period.is_frozen:
        messages.error(request, _("这个时段已经定稿，不再重新计算。"))
        return _back(request, sight)
    job = ask_for_computing(sight.period, by=request.user)
    return redirect(request.desk.address("desk_job", job.pk))


@require_POST
@desk_view()
def export(request, pk):
    sight = find_sight(request, find_scheme(request, pk))
    form = request.POST.get("format")
    if form not in FORMATS:
        raise Http404
    place = request.desk.place
    job = ask_for_bulletin(sight.period, place=place, form=form, by=request.user)
    return redirect(request.desk.address("desk_job", job.pk))


@require_POST
@desk_view(MANAGERS)
def note(request, pk):
    """What is wrong in a frozen period is said beside it; its figures stay."""
    sight = find_sight(request, find_managed(request, pk))
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["text"]))
        return _back(request, sight)
    text = form.cleaned_data["text"]
    try:
        domain.note_period(
            period_id=sight.period.pk, text=text, by=request.user, now=timezone.now()
        )
    except domain.PeriodOpen:
        messages.error(request, _("这个时段还没有定稿：数据会自动更新，不用写更正说明。"))
    else:
        messages.success(request, _("更正说明已记下，会显示在结果和通报里。"))
    return _back(request, sight)


def _back(request, sight):
    key = sight.period.key
    return redirect(request.desk.address("desk_assessment_scheme", sight.scheme.pk, period=key))
