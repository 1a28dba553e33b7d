"""提醒: choose a task and whom, see who will get which words, send; and what was sent before."""

from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from federations.desk.access import MANAGERS, Desk, desk_view
from federations.models import JobState, StaffRole
from federations.models.federation import subtree_range
from federations.scope import within_paths
from learning.desk.plans import tasks_at
from learning.domain.reminders import ReminderRefused
from learning.domain.sendings import (
    MOST_WORDS,
    Preview,
    ask_for_sending,
    check_words,
    preview_sending,
    sendings_left,
)
from learning.models import Plan, Reach, ReminderSending, Standing
from learning.people import Figure, Spot
from learning.people.figures import counted_in

PER_PAGE = 20


class SendingForm(forms.Form):
    """What to send; the plans are those that ask the place's people now."""

    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label=_("学习任务"),
        empty_label=None,
        error_messages={"invalid_choice": _("这个任务现在不能提醒，请另选一个。")},
    )
    view = forms.ChoiceField(label=_("提醒谁"), choices=Reach.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("附一句话（可以不写）"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("最多 60 个字，接在固定的提醒后面。请不要写姓名和电话。"),
        error_messages={"max_length": _("附言最多 60 个字，请写短一些。")},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data, *, plans):
        super().__init__(data)
        self.fields["plan"].queryset = plans

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        try:
            check_words(words)
        except ReminderRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return words


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view(MANAGERS)
def reminders(request):
    """A GET that names a plan shows the preview at once; only a POST with `send` sends."""
    desk, now = request.desk, timezone.now()
    plans = tasks_at(desk, now).filter(paused_at=None)
    form = SendingForm(_asked(request, plans), plans=plans)
    preview = None
    if form.is_valid():
        spot = Spot.find(form.cleaned_data["plan"], desk.place, form.cleaned_data["view"])
        try:
            # Before anything is looked up: pressing twice finds what the first one began.
            if "send" in request.POST:
                return _send(request, spot, form, now)
            preview = preview_sending(**_sending(spot, form), now=now)
        except ReminderRefused as refusal:
            form.add_error(None, str(refusal))
    facts = {
        "form": form,
        "has_plans": bool(plans),
        "preview": preview and describe_preview(preview),
        "left": sendings_left(desk.place, now),
        "per_day": settings.REMINDER_SENDINGS_PER_DAY,
        "per_sending": settings.REMINDERS_PER_SENDING,
        **describe_history(desk, request.GET.get("p")),
    }
    return render(request, "pages/desk/reminders/reminders.html", facts)


def _asked(request, plans) -> dict:
    data = request.POST if request.method == "POST" else request.GET
    first = data.get("plan") or plans.values_list("pk", flat=True).first()
    return {
        "plan": first,
        "view": data.get("view") or Reach.SUBTREE.value,
        "words": request.POST.get("words", ""),
        "token": request.POST.get("token") or uuid4(),
    }


def _sending(spot: Spot, form: SendingForm) -> dict:
    return {
        "plan": spot.plan,
        "federation": spot.federation,
        "reach": spot.view,
        "words": form.cleaned_data["words"],
    }


def _send(request, spot: Spot, form: SendingForm, now):
    job = ask_for_sending(
        **_sending(spot, form), by=request.user, token=form.cleaned_data["token"], now=now
    )
    if job is None:
        return redirect(request.desk.address("desk_reminders"))
    return redirect(f"{reverse('desk_job', args=[job.pk])}?federation={request.desk.place.pk}")


def describe_preview(preview: Preview) -> dict:
    told = preview.reminded
    return {
        "text": preview.text,
        "unfinished": preview.unfinished,
        "sent": told.sent,
        "others": [
            {"label": label, "count": count}
            for label, count in (
                (_("七天内已经提醒过"), told.within_week),
                (_("自己停止了提醒"), told.stopped),
                (_("账号停用"), told.inactive),
            )
            if count
        ],
    }


def describe_history(desk: Desk, asked_page: str | None) -> dict:
    """Sendings from the place and below, the last first, with how many are still missing.

    Those who came or left since are in the difference: it is said as such, not as "finished".
    """
    sent = ReminderSending.objects.filter(
        federation__path__range=subtree_range(desk.place.path)
    ).select_related("plan", "federation", "by", "job")
    page = Paginator(sent, PER_PAGE).get_page(asked_page)
    cells, named = _standings_of(page.object_list), _named_senders(desk, page.object_list)
    return {
        "page_obj": page,
        "query": f"federation={desk.place.pk}",
        "history": [
            _line(desk, each, cells) | {"who": _sender_text(each, named), "fate": _fate(each)}
            for each in page.object_list
        ],
    }


def _named_senders(desk: Desk, sendings) -> set[int]:
    """Ids of those whose names she may read: who serves as staff above her is not named."""
    ids = {each.by_id for each in sendings if each.by_id}
    held = StaffRole.objects.filter(
        within_paths("federation__path", [top.path for top in desk.tops]), member__in=ids
    )
    return {desk.member.pk, *held.values_list("member", flat=True)}


def _sender_text(sending: ReminderSending, named: set[int]) -> str:
    if sending.by is None:
        return _("到日子自动发的")
    return sending.by.name if sending.by_id in named else _("上级妇联")


def _fate(sending: ReminderSending) -> str:
    """sent, failed (also where its job has been cleared away), or waiting."""
    if sending.finished_at:
        return "sent"
    is_lost = sending.job is None or sending.job.state == JobState.FAILED
    return "failed" if is_lost else "waiting"


def _standings_of(sendings) -> dict[tuple[int, int], Standing]:
    found = Standing.objects.filter(
        plan__in={each.plan_id for each in sendings},
        federation__in={each.federation_id for each in sendings},
    )
    return {(cell.plan_id, cell.federation_id): cell for cell in found}


def _line(desk: Desk, sending: ReminderSending, cells: dict) -> dict:
    cell = cells.get((sending.plan_id, sending.federation_id))
    left = counted_in(cell, sending.reach, Figure.UNFINISHED) if cell else None
    before = sending.unfinished
    is_known = before is not None and left is not None
    return {
        "sending": sending,
        "left": left,
        "fewer": max(0, before - left) if is_known else None,
        "url": desk.address(
            "desk_people",
            place=sending.federation,
            plan=sending.plan_id,
            view=sending.reach,
            figure=Figure.UNFINISHED.value,
        ),
    }
