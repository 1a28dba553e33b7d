"""更正申请 at the desk: what members asked to have put right, and the answer."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federations.desk.access import MANAGERS, desk_view
from federations.domain.requests import answer_correction
from federations.models import CorrectionRequest, RequestState

PER_PAGE = 30


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("处理结果"),
        choices=[
            (RequestState.DONE, gettext_lazy("已经在名册上改好")),
            (RequestState.DECLINED, gettext_lazy("核对后不改")),
        ],
        widget=forms.RadioSelect,
    )
    reply = forms.CharField(
        label=gettext_lazy("给她的话"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("不改的请写明原因。她本人看得到。"),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == RequestState.DECLINED and not cleaned.get("reply"):
            self.add_error("reply", _("不改的请写明原因，让她知道为什么。"))
        return cleaned


@desk_view(MANAGERS)
def corrections(request):
    """Of the place and all below it; open ones first."""
    desk = request.desk
    rows = _requests_below(desk).select_related("member", "federation")
    is_open = request.GET.get("show") != "answered"
    shown = rows.filter(state=RequestState.OPEN) if is_open else rows.exclude(answered_at=None)
    order = "asked_at" if is_open else "-answered_at"
    page = Paginator(shown.order_by(order, "pk"), PER_PAGE).get_page(request.GET.get("p"))
    for each in page:
        each.url = desk.address("desk_correction", each.pk)
    context = {
        "page_obj": page,
        "is_open": is_open,
        "query": f"federation={desk.place.pk}" + ("" if is_open else "&show=answered"),
        "open_url": desk.address("desk_corrections"),
        "answered_url": desk.address("desk_corrections", show="answered"),
    }
    return render(request, "pages/desk/corrections/list.html", context)


@desk_view(MANAGERS)
def correction(request, pk):
    desk = request.desk
    found = _requests_below(desk).filter(pk=pk).select_related("member", "federation").first()
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_done = form.cleaned_data["outcome"] == RequestState.DONE
        facts = {"by": request.user, "reply": form.cleaned_data["reply"], "now": timezone.now()}
        if answer_correction(request_id=pk, is_done=is_done, **facts):
            messages.success(request, _("已答复，她会收到消息。"))
        else:
            messages.error(request, _("这条申请已经有人答复过了。"))
        return redirect(desk.address("desk_corrections"))
    context = {
        "found": found,
        "form": form,
        "member_url": desk.address("desk_roster_member", found.member_id),
        "back_url": desk.address("desk_corrections"),
    }
    return render(request, "pages/desk/corrections/answer.html", context)


def _requests_below(desk):
    return CorrectionRequest.objects.filter(federation__path__startswith=desk.place.path)
